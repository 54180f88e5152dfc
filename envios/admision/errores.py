"""What can go wrong at the counter, and what to do about it."""

from nucleo.errores import Conflicto, NoEncontrado
from nucleo.textos import perezoso as _l


class YaRecibido(Conflicto):
    codigo = "envio_ya_recibido"
    titulo = _l("Ese envío ya está en manos del operador")


class PrecioDistinto(Conflicto):
    """What it costs is not what was shown: nothing was taken, and it is shown again."""

    codigo = "precio_distinto"
    titulo = _l("El precio cambió")


class NadaQuePagar(Conflicto):
    codigo = "franqueo_sin_pagar_aqui"
    titulo = _l("Ese franqueo no se paga con una cuenta")


class SinConstancia(NoEncontrado):
    codigo = "sin_constancia_de_admision"
    titulo = _l("No hay constancia de admisión de ese envío")


class SinRecojo(NoEncontrado):
    codigo = "sin_recojo"
    titulo = _l("Ese envío no tiene un recojo pedido")
