"""Cards that a person lets the gateway keep: agreed to, written on its page, used to top up, taken off.

Numbers never come here: what is kept is the gateway's name of the card and how people tell it apart.
"""

from nucleo.fachada import con_valor, sin_fila
from pagos.tarjetas import modelos
from pagos.tarjetas.consultas import tarjeta_por_id
from pagos.tarjetas.guardadas.conciliar import avanzar_tarjeta
from pagos.tarjetas.guardadas.guardar import guardar_tarjeta


def _sesion(tarjeta: modelos.TarjetaGuardada) -> str | None:
    return tarjeta.sesion_id


consentir_tarjeta = sin_fila(guardar_tarjeta)
pagina_de_la_tarjeta = con_valor(tarjeta_por_id, _sesion)
"""The id of the gateway's page where the card is written, once it is open."""

__all__ = ["avanzar_tarjeta", "consentir_tarjeta", "pagina_de_la_tarjeta"]
