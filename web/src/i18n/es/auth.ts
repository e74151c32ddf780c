import type { AuthWords } from '../en/auth';
import type { Plural } from '../plural';

export const auth = (plural: Plural): AuthWords => ({
  signIn: 'Iniciar sesión',
  register: 'Crear cuenta',
  signInTitle: 'Inicia sesión en Stockwarden',
  registerTitle: 'Crea tu cuenta',
  username: 'Nombre de usuario',
  usernameOrEmail: 'Usuario o correo',
  forgot: '¿Has olvidado la contraseña?',
  code: 'Código de tu aplicación de autenticación',
  codeHint: 'Seis cifras, o uno de tus códigos de recuperación',
  wrongCode: 'Este código no es correcto o ya se usó. Espera al siguiente.',
  usernameHint: 'Letras, cifras, puntos y guiones',
  password: 'Contraseña',
  passwordHint: 'Al menos 10 caracteres; una frase corta se recuerda bien',
  email: 'Correo electrónico',
  invitedTitle: 'Tienes una invitación',
  invited: 'Elige un nombre de usuario y una contraseña. Tu correo ya se conoce.',
  notOpen: 'No se puede crear esta cuenta',
  noAccount: '¿Es tu primera vez?',
  haveAccount: '¿Ya tienes cuenta?',
  wrong: 'El nombre de usuario o la contraseña no son correctos.',
  tooMany: (seconds) =>
    `Demasiados intentos. Prueba de nuevo en ${
      seconds < 120
        ? plural(seconds, { one: '# segundo', other: '# segundos' })
        : `${Math.ceil(seconds / 60)} minutos`
    }.`,
  tooShort: 'Usa al menos 10 caracteres.',
  ended: 'Tu sesión ha terminado. Inicia sesión para seguir donde estabas.',
  pitch: 'Descubre qué falla en tu inventario antes de que te cueste dinero.',
  points: [
    'Envía el inventario de tu sistema de almacén tal como está.',
    'Ve cada palé parado, perdido, mal ubicado o caducado; lo más urgente, primero.',
    'Deja la lista a cero, con las pruebas de tu propio archivo.',
  ],
  recovery: {
    forgotTitle: 'Elige una contraseña nueva',
    forgotText: 'Dinos tu usuario o tu dirección de correo y te enviamos un enlace.',
    send: 'Enviar el enlace',
    sentTitle: 'Mira tu correo',
    sent: 'Si existe esa cuenta y tiene una dirección de correo, un enlace va de camino. Sirve una vez, durante 30 minutos.',
    noMail: '¿No llega? Pregunta a quien administra Stockwarden.',
    back: 'Volver a la entrada',
    resetTitle: 'Elige una contraseña nueva',
    save: 'Guardar la contraseña',
    saved: 'Tu contraseña ha cambiado. Entra con ella.',
    noToken: 'Este enlace está incompleto. Ábrelo otra vez desde el correo o pide uno nuevo.',
    again: 'Pedir otro enlace',
    verifyTitle: 'Tu dirección de correo',
    verifying: 'Un momento…',
    verified: (address) => `${address} está confirmada. Puedes entrar con ella.`,
    goOn: 'Ir a Stockwarden',
  },
});
