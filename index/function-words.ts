/** Words that say how something is asked or said, not what about. Search and answers both leave them out; each adds a few of its own. */
export const functionWords: readonly string[] = (
  'a about after all also am an and any are as at be because been before being between but by can could did do does doing for from ' +
  'get got had has have having he her here hers him his how i if in into is it its just me more most my no nor not of off on once ' +
  'one only or other our out over own s said say says she should so some such t than that the their them then there these they ' +
  'think thinks this those thought through to too under until up us very was we were what when where which while who whom whose why ' +
  'will with would you your'
).split(' ');
