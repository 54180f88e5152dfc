"""What can go wrong with batches, refunds and withdrawals, and what to do about it."""

from nucleo.errores import Conflicto, DatosInvalidos, NoEncontrado, PrecondicionFallida, Prohibido


class PlanillaInexistente(NoEncontrado):
    codigo = "planilla_inexistente"
    titulo = "Esa planilla no existe"


class PlanillaInvalida(DatosInvalidos):
    """The file cannot be paid as it is: `campos` names each wrong line and why."""

    codigo = "planilla_invalida"
    titulo = "La planilla tiene errores"


class PlanillaDistinta(DatosInvalidos):
    codigo = "planilla_distinta"
    titulo = "Ese identificador ya se usó para otra planilla"


class PlanillaNoAdmite(Conflicto):
    codigo = "planilla_no_admite"
    titulo = "La planilla ya no admite esto"


class DiferenciasSinRevisar(Conflicto):
    codigo = "diferencias_sin_revisar"
    titulo = "Hay nombres que no coinciden"


class MismaPersona(Prohibido):
    codigo = "misma_persona"
    titulo = "Debe aprobarla otra persona"


class NoReembolsable(Conflicto):
    codigo = "no_reembolsable"
    titulo = "Este pago no se puede devolver"


class PlazoDeDevolucionVencido(Conflicto):
    codigo = "plazo_de_devolucion_vencido"
    titulo = "Pasó el plazo para devolver este pago"


class DevolucionExcedida(Conflicto):
    codigo = "devolucion_excedida"
    titulo = "La devolución supera lo que queda por devolver"


class SaldoReembolsableDistinto(PrecondicionFallida):
    codigo = "saldo_reembolsable_distinto"
    titulo = "El saldo reembolsable cambió"


class DevolucionDistinta(DatosInvalidos):
    codigo = "devolucion_distinta"
    titulo = "Ese identificador ya se usó para otra devolución"


class RetiroInexistente(NoEncontrado):
    codigo = "retiro_inexistente"
    titulo = "Ese retiro no existe"


class RetiroDistinto(DatosInvalidos):
    codigo = "retiro_distinto"
    titulo = "Ese identificador ya se usó para otro retiro"


class RetiroInvalido(DatosInvalidos):
    codigo = "retiro_invalido"
    titulo = "Los datos del retiro no son válidos"


class RetiroNoAdmite(Conflicto):
    codigo = "retiro_no_admite"
    titulo = "El retiro ya no admite esto"


class LoteInexistente(NoEncontrado):
    codigo = "lote_inexistente"
    titulo = "Ese lote de retiros no existe"


class ExtractoInvalido(DatosInvalidos):
    codigo = "extracto_invalido"
    titulo = "El extracto no se puede leer"


class ExtractoInexistente(NoEncontrado):
    codigo = "extracto_inexistente"
    titulo = "Ese extracto no existe"


class ComisionDistinta(PrecondicionFallida):
    codigo = "comision_distinta"
    titulo = "La comisión cambió"
