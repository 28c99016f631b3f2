import { displayName, type Mailbox } from './mailbox.js';

/** What tells a robot's mail. Header names are in lower case. */
export interface RobotEvidence {
  readonly from: Mailbox;
  readonly subject: string;
  readonly headers?: ReadonlyMap<string, string>;
  readonly text: string;
}

/** Names that only programs have. Whole names: `Robot` and `Bot` are also people's. */
const ROBOT_NAMES: readonly RegExp[] = [
  /^(?:kernel test robot|kbuild test robot|intel test robot|lkp|kernel build test robot|0-?day.*robot)$/iu,
  /^syzbot\b/iu,
  /^patchwork(?:[ -]bot)?(?:[ +-].*)?$/iu,
  /^(?:mail delivery (?:sub)?system|mailer-daemon|postmaster|mail delivery service)$/iu,
  /^(?:kernelci(?:\.org)?(?: bot)?|buildbot|jenkins|hudson|travis ci|github actions?|gitlab ci|dependabot(?:\[bot\])?|renovate(?:\[bot\])?|tip-bot2?(?: .*)?|build bot.*|.+ \[bot\])$/iu,
  /^tip-bot2? for /iu,
  /^bugzilla-daemon/iu,
];

const ROBOT_ADDRESSES =
  /^(?:lkp|kbuild|mailer-daemon|postmaster|patchwork-bot(?:\+[^@]*)?|syzbot(?:\+[^@]*)?|bugzilla-daemon|bugzilla-noreply|buildbot|kernelci-bot|bot\+[^@]*|tip-bot2?|dependabot(?:\[bot\])?|(?:no-?reply|do-?not-?reply)\+?[^@]*)@|^bot@kernelci\.org$|@syzkaller\.appspotmail\.com$/iu;

/** `no` marks mail that a person wrote (RFC 3834, 5); list software sets Precedence, so that says nothing. */
const AUTOMATIC = /^auto-(?:replied|generated|notified)/iu;

const AUTOREPLY_SUBJECT =
  /^(?:auto(?:matic)?[ -]?(?:reply|response|responder|antwort)|automatische antwort|out of (?:the )?office|réponse automatique|respuesta automática|undeliver(?:ed|able)|delivery status notification|mail delivery failed|returned mail|failure notice|abwesenheit\S*)\b/iu;

/** Whether a program wrote this: build and test robots, syzbot, Patchwork's notices, bounces, vacation replies. */
export function isRobot({ from, subject, headers, text }: RobotEvidence): boolean {
  const name = displayName(from).slice(0, 200);
  if (from.name !== null && ROBOT_NAMES.some((robot) => robot.test(name))) return true;
  if (ROBOT_ADDRESSES.test((from.address ?? from.masked ?? '').slice(0, 320))) return true;
  if (AUTOMATIC.test(headers?.get('auto-submitted')?.trim() ?? '')) return true;
  if (headers?.has('x-autoreply') === true || headers?.has('x-autorespond') === true) return true;
  return AUTOREPLY_SUBJECT.test(subject.slice(0, 200).trim()) && text.length < 10_000;
}
