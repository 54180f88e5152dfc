"""What of its purchases from the catalogue waits for an entity, in its panel."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Facultad, TipoUnidad
from feria_inversa.compra_de_catalogo.consultas import contar_por_atender
from feria_inversa.compra_de_catalogo.estados import EstadoCompra
from nucleo.actor import Actor
from nucleo.panel import Accion, Representada, de_unidades
from nucleo.textos import gettext as _


@de_unidades("feria_inversa.compra_de_catalogo")
def compras(sesion: Session, _actor: Actor, unidades: Sequence[Representada]) -> dict[UUID, Sequence[Accion]]:
    suyas = [
        u.id
        for u in unidades
        if u.tipo == TipoUnidad.ENTIDAD_PUBLICA and u.facultades & {Facultad.COMPRAR, Facultad.PAGAR}
    ]
    cuentas = contar_por_atender(sesion, suyas) if suyas else {}
    dicen = (
        (EstadoCompra.SOLICITADA, _("Aprobar compras"), _("Alguien de la entidad las pidió."), "file-check"),
        (EstadoCompra.RECIBIDA, _("Pagar lo recibido"), _("Lo que se compró del catálogo llegó."), "wallet"),
    )
    return {
        unidad_id: [
            Accion(f"/entidades/{unidad_id}/compras-de-catalogo", titulo, texto, icono, de_una[estado], True)
            for estado, titulo, texto, icono in dicen
            if estado in de_una
        ]
        for unidad_id, de_una in cuentas.items()
    }
