"""What can go wrong with rates and quotes, and what to do about it."""

from nucleo.errores import Conflicto, DatosInvalidos, NoEncontrado
from nucleo.textos import perezoso as _l
from nucleo.vidas import TransicionInvalida


class TarifarioInexistente(NoEncontrado):
    codigo = "tarifario_inexistente"
    titulo = _l("No existe ese tarifario")


class TarifarioNoAdmite(TransicionInvalida):
    codigo = "tarifario_no_admite"
    titulo = _l("El tarifario ya no admite esto")


class TarifasInvalidas(DatosInvalidos):
    """The file was not read: `campos` names each wrong line and why."""

    codigo = "tarifas_invalidas"
    titulo = _l("El archivo de tarifas tiene errores")


class TarifarioIncompleto(Conflicto):
    codigo = "tarifario_incompleto"
    titulo = _l("Al tarifario le falta algo")


class VigenciaOcupada(Conflicto):
    codigo = "vigencia_ocupada"
    titulo = _l("Ya hay tarifas publicadas para esa fecha")


class SinOferta(Conflicto):
    """The operator does not carry this parcel there, or not so; `razon` is the code of why."""

    codigo = "envio_sin_oferta"
    titulo = _l("Ese operador no lleva este envío")


class CotizacionInexistente(NoEncontrado):
    codigo = "cotizacion_inexistente"
    titulo = _l("No existe esa cotización")


class CotizacionVencida(Conflicto):
    codigo = "cotizacion_vencida"
    titulo = _l("La cotización venció")
