"""What a person or a client can do wrong with card payments, and what to do about it."""

from nucleo.errores import Conflicto, DatosInvalidos, NoDisponible, NoEncontrado, PrecondicionFallida
from nucleo.textos import perezoso as _l


class TarjetasNoDisponibles(NoDisponible):
    codigo = "tarjetas_no_disponibles"
    titulo = _l("Los pagos con tarjeta no están disponibles")


class IntentoInexistente(NoEncontrado):
    codigo = "pago_con_tarjeta_inexistente"
    titulo = _l("Ese pago con tarjeta no existe")


class IntentoDistinto(DatosInvalidos):
    """The id was already used for another payment: the client's mistake, never a second charge."""

    codigo = "pago_con_tarjeta_distinto"
    titulo = _l("Ese identificador ya se usó para otro pago con tarjeta")


class MontoFueraDeRango(DatosInvalidos):
    codigo = "monto_fuera_de_rango"
    titulo = _l("El monto no se puede pagar con tarjeta")


class PagoNoCancelable(Conflicto):
    codigo = "pago_no_cancelable"
    titulo = _l("Este pago ya no se puede cancelar")


class PagoNoReembolsable(Conflicto):
    codigo = "pago_no_reembolsable"
    titulo = _l("Este pago no se puede reembolsar")


class PagoEnDisputa(Conflicto):
    """The bank holds the money until it decides: the gateway itself refuses to refund meanwhile."""

    codigo = "pago_en_disputa"
    titulo = _l("El titular de la tarjeta reclama este pago")


class NadaPorReembolsar(Conflicto):
    codigo = "nada_por_reembolsar"
    titulo = _l("No queda nada por reembolsar")


class PlazoDeReembolsoVencido(Conflicto):
    codigo = "plazo_de_reembolso_vencido"
    titulo = _l("Pasó el plazo para reembolsar este pago")


class ReembolsoExcedido(Conflicto):
    codigo = "reembolso_excedido"
    titulo = _l("El reembolso supera lo que queda por reembolsar")


class SaldoReembolsableDistinto(PrecondicionFallida):
    codigo = "saldo_reembolsable_distinto"
    titulo = _l("El saldo reembolsable cambió")


class ReembolsoDistinto(DatosInvalidos):
    codigo = "reembolso_distinto"
    titulo = _l("Ese identificador ya se usó para otro reembolso")


class DisputaInexistente(NoEncontrado):
    codigo = "disputa_inexistente"
    titulo = _l("Ese reclamo no existe")


class DisputaNoRespondible(Conflicto):
    """It is decided, its date has passed, or it was answered already."""

    codigo = "disputa_no_respondible"
    titulo = _l("Este reclamo ya no se puede responder")


class TarjetaInexistente(NoEncontrado):
    codigo = "tarjeta_inexistente"
    titulo = _l("Esa tarjeta no existe")


class TarjetaNoUsable(Conflicto):
    """It was taken off, it expired, or it is not saved yet."""

    codigo = "tarjeta_no_usable"
    titulo = _l("Esa tarjeta ya no está guardada")


class DemasiadasTarjetas(Conflicto):
    codigo = "demasiadas_tarjetas"
    titulo = _l("Tiene demasiadas tarjetas guardadas")


class SinConsentimiento(DatosInvalidos):
    codigo = "sin_consentimiento"
    titulo = _l("Falta su acuerdo")


class AvisoRechazado(DatosInvalidos):
    """A webhook that does not come from the gateway, or comes too late to be believed."""

    estado = 400
    codigo = "aviso_rechazado"
    titulo = _l("El aviso no se acepta")
