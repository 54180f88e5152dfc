"""Shipments in the panel: what waits at a postal operator."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Facultad, TipoUnidad
from envios.eventos.bandejas import contar_bandejas
from envios.items import Bandeja
from nucleo.actor import Actor
from nucleo.panel import Accion, Representada, de_unidades
from nucleo.textos import gettext as _


@de_unidades("envios.operar")
def operar(sesion: Session, _actor: Actor, unidades: Sequence[Representada]) -> dict[UUID, Sequence[Accion]]:
    return {
        u.id: _de_operador(sesion, u.id)
        for u in unidades
        if u.tipo == TipoUnidad.OPERADOR_POSTAL and Facultad.DESPACHAR in u.facultades
    }


def _de_operador(sesion: Session, unidad_id: UUID) -> list[Accion]:
    bandejas = contar_bandejas(sesion, unidad_id)
    pendientes = [
        (Bandeja.POR_ADMITIR, _("Admitir envíos"), _("Anunciados por los vendedores."), "package-plus"),
        (
            Bandeja.PROBLEMAS,
            _("Resolver problemas"),
            _("Retenidos, sin entregar o que no encajan."),
            "triangle-alert",
        ),
        (Bandeja.EN_MANOS, _("Mover o repartir"), _("En sus oficinas o en camino."), "warehouse"),
        (Bandeja.EN_REPARTO, _("Entregar"), _("Están en reparto: pida el código."), "truck"),
    ]
    base = f"/envios/operador?unidad={unidad_id}&ver="
    acciones = [Accion(f"{base}{b}", t, d, i, bandejas[b], True) for b, t, d, i in pendientes if bandejas[b]]
    texto = _("Lea varios números seguidos con la cámara o un lector.")
    escanear = f"/envios/operador/escanear?unidad={unidad_id}"
    mostrador = Accion(
        f"/envios/mostrador?unidad={unidad_id}",
        _("Atender el mostrador"),
        _("Reciba, pese y cobre lo que traen los clientes."),
        "store",
    )
    return [*acciones, mostrador, Accion(escanear, _("Escanear"), texto, "scan-barcode")]
