/** How a Discord channel looks, with fonts that every system has. */
export const style = `
* { box-sizing: border-box; margin: 0 }
body { background: #313338; color: #dbdee1; font: 16px/1.375 "gg sans", "Noto Sans", "DejaVu Sans", "Helvetica Neue", Helvetica, Arial, sans-serif }
header { background: #313338; border-bottom: 1px solid #26272b; box-shadow: 0 1px 2px #1e1f2288; color: #f2f3f5; font-weight: 600; padding: 12px 18px }
header b { color: #80848e; font-size: 20px; font-weight: 500; margin-right: 6px }
main { max-width: 860px; padding: 8px 0 24px }
section { padding: 10px 18px }
section.private { background: #3b3d57; border-left: 2px solid #5865f2; margin: 6px 0 }
.above { align-items: center; color: #b5bac1; display: flex; font-size: 14px; gap: 5px; height: 22px; margin-left: 20px }
.above b { color: #f2f3f5; font-weight: 500 }
.hook { border: 2px solid #4e5058; border-bottom: 0; border-radius: 6px 0 0 0; border-right: 0; height: 9px; margin: 8px 5px 0 0; width: 30px }
.dot { align-items: center; background: #3ba55c; border-radius: 50%; color: #fff; display: inline-flex; font-size: 9px; height: 16px; justify-content: center; width: 16px }
.command { color: #a8b2ff }
article { display: flex; gap: 16px; margin-top: 2px }
.avatar { align-items: center; background: #5865f2; border-radius: 50%; color: #fff; display: flex; flex: none; font-size: 21px; font-weight: 600; height: 40px; justify-content: center; margin-top: 2px; width: 40px }
.person .avatar { background: #3ba55c; font-size: 18px }
.dot.bert, .person .avatar.bert { background: #eb8b3a }
.above .line { overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.body { flex: 1; min-width: 0 }
.name { align-items: baseline; display: flex; gap: 6px }
.name > b { color: #f2f3f5; font-weight: 600 }
.badge { background: #5865f2; border-radius: 4px; color: #fff; font-size: 10px; font-weight: 600; padding: 1px 5px; position: relative; top: -1px }
.name time { color: #949ba4; font-size: 12px }
.content { overflow-wrap: anywhere }
.content > .line:first-child { color: #f2f3f5 }
.line, .item { min-height: 1.375em; overflow-wrap: anywhere; white-space: pre-wrap }
.item { padding-left: 20px; position: relative }
.item::before { content: "•"; left: 6px; position: absolute }
small { color: #949ba4; display: block; font-size: 13px; line-height: 1.4; overflow-wrap: anywhere }
b { font-weight: 700 }
.embed b { color: #f2f3f5 }
a { color: #00a8fc; text-decoration: none }
code { background: #1e1f22; border-radius: 4px; color: #f2f3f5; font: 85% "DejaVu Sans Mono", Menlo, Consolas, monospace; padding: 2px 6px }
pre { background: #1e1f22; border: 1px solid #26272b; border-radius: 4px; font: 14px/1.3 "DejaVu Sans Mono", Menlo, Consolas, monospace; margin: 6px 0; padding: 8px; white-space: pre-wrap }
blockquote { border-left: 4px solid #4e5058; border-radius: 4px; margin-bottom: 4px; padding: 0 8px 0 12px }
.mention { background: #3c4270; border-radius: 3px; color: #c9cdfb; font-weight: 500; padding: 0 2px }
time { background: none }
small time, .line time { background: #3f4147; border-radius: 3px; padding: 0 2px }
.embed { background: #2b2d31; border-left: 4px solid; border-radius: 4px; font-size: 14px; line-height: 1.35; margin-top: 6px; max-width: 620px; padding: 10px 14px 12px 12px }
.embed .title { color: #f2f3f5; font-size: 16px; font-weight: 600; margin-bottom: 6px }
.row { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 8px }
.button { background: #4e5058; border-radius: 4px; color: #fff; font-size: 14px; font-weight: 500; min-height: 32px; padding: 6px 16px }
.button.primary { background: #5865f2 }
.button.danger { background: #da373c }
.only { color: #949ba4; font-size: 12px; margin-top: 6px }
`;
