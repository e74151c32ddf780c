import type { Plural } from '../plural';

/** The words before the door: signing in, registering, and the links of e-mails. */
export const auth = (plural: Plural) => ({
  signIn: 'Sign in',
  register: 'Create account',
  signInTitle: 'Sign in to Stockwarden',
  registerTitle: 'Create your account',
  username: 'User name',
  usernameOrEmail: 'User name or e-mail',
  forgot: 'Forgot password?',
  code: 'Code of your authenticator app',
  codeHint: 'Six digits, or one of your recovery codes',
  wrongCode: 'This code is wrong or was used. Take the next one.',
  usernameHint: 'Letters, digits, dots, dashes',
  password: 'Password',
  passwordHint: 'At least 10 characters; a short sentence is easy to remember',
  email: 'E-mail',
  invitedTitle: 'You are invited',
  invited: 'Choose a user name and a password. Your e-mail address is known already.',
  notOpen: 'This account cannot be made',
  noAccount: 'New here?',
  haveAccount: 'Already have an account?',
  wrong: 'The user name or the password is wrong.',
  tooMany: (seconds: number) =>
    `Too many attempts. Try again in ${
      seconds < 120
        ? plural(seconds, { one: '# second', other: '# seconds' })
        : `${Math.ceil(seconds / 60)} minutes`
    }.`,
  tooShort: 'Use at least 10 characters.',
  ended: 'Your session has ended. Sign in to go on where you were.',
  pitch: 'Know what is wrong with your stock before it costs you.',
  points: [
    'Send the inventory export of your warehouse system as it is.',
    'See every stuck, lost, misplaced or expired pallet, most urgent first.',
    'Work the list down to zero, with the evidence from your own file.',
  ],
  recovery: {
    forgotTitle: 'Choose a new password',
    forgotText: 'Tell us your user name or e-mail address, and we send you a link.',
    send: 'Send the link',
    sentTitle: 'Look into your mail',
    sent: 'If there is such an account and it has an e-mail address, a link is on its way. It is valid once, for 30 minutes.',
    noMail: 'No mail? Ask whoever runs Stockwarden for you.',
    back: 'Back to signing in',
    resetTitle: 'Choose a new password',
    save: 'Save the password',
    saved: 'Your password is changed. Sign in with it.',
    noToken: 'This link is incomplete. Open it from the mail again, or ask for a new one.',
    again: 'Ask for a new link',
    verifyTitle: 'Your e-mail address',
    verifying: 'One moment…',
    verified: (address: string) => `${address} is verified. You can sign in with it.`,
    goOn: 'Go on to Stockwarden',
  },
});

export type AuthWords = ReturnType<typeof auth>;
