"""What can go wrong with refunds, and what to do about it."""

from nucleo.errores import Conflicto, DatosInvalidos, PrecondicionFallida


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
