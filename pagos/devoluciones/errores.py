"""What can go wrong with refunds, and what to do about it."""

from nucleo.errores import Conflicto, DatosInvalidos, PrecondicionFallida
from nucleo.textos import perezoso as _l


class NoReembolsable(Conflicto):
    codigo = "no_reembolsable"
    titulo = _l("Este pago no se puede devolver")


class PlazoDeDevolucionVencido(Conflicto):
    codigo = "plazo_de_devolucion_vencido"
    titulo = _l("Pasó el plazo para devolver este pago")


class DevolucionExcedida(Conflicto):
    codigo = "devolucion_excedida"
    titulo = _l("La devolución supera lo que queda por devolver")


class SaldoReembolsableDistinto(PrecondicionFallida):
    codigo = "saldo_reembolsable_distinto"
    titulo = _l("El saldo reembolsable cambió")


class DevolucionDistinta(DatosInvalidos):
    codigo = "devolucion_distinta"
    titulo = _l("Ese identificador ya se usó para otra devolución")
