import type { OperationsWords } from '../en/operations';
import type { Plural } from '../plural';

export const operations = (plural: Plural): OperationsWords => ({
  lead: 'Cada análisis, exportación y borrado que ha terminado, durante unos 400 días.',
  outcomeLabel: 'Resultado',
  anyOutcome: 'Cualquier resultado',
  emptyTitle: 'No se ha ejecutado nada',
  empty: 'Lo que se ejecute desde ahora aparecerá aquí.',
  kind: { analysis: 'Análisis', export: 'Exportación', removal: 'Borrado' },
  outcome: {
    ready: 'Listo',
    needs_mapping: 'Pregunta algo',
    failed: 'Fallido',
    abandoned: 'Interrumpido demasiadas veces',
    removed: 'Borrado',
  },
  rows: (count) => `${count} filas`,
  anomalies: (count) => plural(count, { one: '# anomalía', other: '# anomalías' }),
  took: (seconds) => `${seconds} s`,
  attempt: (count) => `intento ${count}`,
  by: (name) => `de ${name}`,
  nobody: 'alguien',
  deletedWarehouse: 'un almacén eliminado',
  told: {
    empty: 'Nada todavía. Aquí verás qué ha sido de tus informes y qué te piden otras personas.',
    lost: 'Un informe que ya no puedes ver',
    report_ready: (report) => `${report} está listo.`,
    report_question: (report) => `${report} tiene una pregunta.`,
    report_failed: (report) => `${report} no se pudo analizar.`,
    assignment: (who, report, count) =>
      plural(count, {
        one: `${who} te asignó una anomalía de ${report}.`,
        other: `${who} te asignó # anomalías de ${report}.`,
      }),
    mention: (who, report) => `${who} te mencionó en ${report}.`,
    unread: 'nuevo',
  },
  preferences: {
    title: 'Avisos',
    lead: 'De qué se te avisa en la página, y por correo sobre los archivos de tu carpeta de entrada.',
    page: 'En la página',
    mail: 'Por correo',
    kind: {
      report_ready: 'Un informe está listo',
      report_question: 'Un informe tiene una pregunta',
      report_failed: 'Un informe no se pudo analizar',
      assignment: 'Te asignan una anomalía',
      mention: 'Un comentario te menciona',
    },
    onPage: (kind) => `${kind}: en la página`,
    byMail: (kind) => `${kind}: por correo`,
    saved: 'Guardado.',
  },
});
