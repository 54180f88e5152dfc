"""What became of a bid, in words for who made it: how its process is says nothing of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from feria_inversa.evaluacion import ganadoras
from feria_inversa.ofertas import EstadoOferta, las_que_valen
from feria_inversa.ofertas.modelos import Oferta
from feria_inversa.procesos import Estado, Resultado, como_esta, situacion
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _


@dataclass(frozen=True, slots=True)
class Suerte:
    """With `por_hacer`, what its bidder does at `url`, or its envelope will not be opened."""

    texto: str
    tono: str
    por_hacer: str = ""
    url: str = ""


def suertes(sesion: Session, filas: Sequence[tuple[Oferta, Convocatoria]]) -> dict[UUID, Suerte]:
    """Of each bid, by its id."""
    valen = las_que_valen(sesion, filas)
    ganan = ganadoras(sesion, [oferta.id for oferta, _c in filas])
    instante = ahora_bd(sesion)
    return {
        oferta.id: _que_termino(oferta)
        or _que_espera(oferta, convocatoria, instante, vale=oferta.id in valen)
        or _que_se_decidio(convocatoria, gana=oferta.id in ganan)
        or Suerte(*situacion(convocatoria, instante))
        for oferta, convocatoria in filas
    }


def _que_termino(oferta: Oferta) -> Suerte | None:
    return {
        EstadoOferta.REEMPLAZADA: Suerte(_("Reemplazada"), "neutro"),
        EstadoOferta.RETIRADA: Suerte(_("Retirada"), "neutro"),
        EstadoOferta.CADUCADA: Suerte(_("No se reconfirmó"), "mal"),
        EstadoOferta.INVALIDA: Suerte(_("No contó"), "mal"),
        EstadoOferta.NO_PASO: Suerte(_("No pasó la parte técnica"), "mal"),
    }.get(EstadoOferta(oferta.estado))


def _que_espera(
    oferta: Oferta, convocatoria: Convocatoria, instante: datetime, *, vale: bool
) -> Suerte | None:
    """Of a closed envelope: whether it will be opened, and what is missing for that."""
    if convocatoria.estado == Estado.SUSPENDIDO:
        return None if vale else Suerte(_("Falta reconfirmarla"), "aviso")
    cerrada = convocatoria.vence_en is None or convocatoria.vence_en <= instante
    if convocatoria.estado == Estado.RECEPCION_CERRADA or (
        convocatoria.estado == Estado.PUBLICADO and cerrada
    ):
        return None if vale else Suerte(_("No se reconfirmó"), "mal")
    if convocatoria.estado != Estado.PUBLICADO:
        return None
    if vale:
        return Suerte(_("En sobre cerrado"), "bien")
    if oferta.version < convocatoria.pedido_en:
        otra = f"/feria/{convocatoria.id}/ofertar?unidad_id={oferta.unidad_id}"
        return Suerte(_("Hay que presentar otra"), "mal", _("Presentar otra oferta"), otra)
    return Suerte(_("Falta reconfirmarla"), "aviso", _("Reconfirmarla"), f"/ofertas/{oferta.id}")


def _que_se_decidio(convocatoria: Convocatoria, *, gana: bool) -> Suerte | None:
    como = como_esta(convocatoria)
    if como not in {Resultado.ADJUDICADO, Resultado.CONTRATADO}:
        return None
    return Suerte(_("Ganó"), "bien") if gana else Suerte(_("No ganó"), "neutro")
