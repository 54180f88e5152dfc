"""What of its purchases from the catalogue waits for an entity, in its panel."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from sqlmodel import Session

import comercio
from empresa_digital.registro import Facultad, Habilitacion, TipoUnidad, facultades_de
from feria_inversa.compra_de_catalogo.consultas import contar_por_aprobar
from nucleo.actor import Actor
from nucleo.panel import Accion, Representada, de_unidades
from nucleo.textos import gettext as _


@de_unidades("feria_inversa.compra_de_catalogo")
def compras(sesion: Session, actor: Actor, unidades: Sequence[Representada]) -> dict[UUID, Sequence[Accion]]:
    """To who buys, alone or with others, what others asked for; to who pays, what is due, and the budget."""
    entidades = [
        u
        for u in unidades
        if u.tipo == TipoUnidad.ENTIDAD_PUBLICA and Habilitacion.ENTIDAD_CONTRATANTE in u.habilitaciones
    ]
    if not entidades:
        return {}
    con_otros = facultades_de(sesion, actor, con_otros=True)
    pagan = {u.id for u in entidades if Facultad.PAGAR in con_otros.get(u.id, ())}
    compran = {u.id for u in entidades if Facultad.COMPRAR in con_otros.get(u.id, ())}
    por_aprobar = contar_por_aprobar(sesion, actor, compran) if compran else {}
    por_pagar = comercio.contar_por_pagar(sesion, pagan) if pagan else {}
    return {u.id: list(_de_una(u.id, por_aprobar, por_pagar, pagan)) for u in entidades}


def _de_una(
    id: UUID, por_aprobar: Mapping[UUID, int], por_pagar: Mapping[UUID, int], pagan: set[UUID]
) -> Iterator[Accion]:
    mesa = f"/entidades/{id}/compras-de-catalogo"
    if id in por_aprobar:
        texto = _("Alguien de la entidad las pidió.")
        yield Accion(mesa, _("Aprobar compras"), texto, "file-check", por_aprobar[id], True)
    if id in por_pagar:
        texto = _("Lo que se compró del catálogo llegó.")
        yield Accion(mesa, _("Pagar lo recibido"), texto, "wallet", por_pagar[id], True)
    if id in pagan:
        texto = _("Registre con qué compra la entidad, y vea qué queda.")
        yield Accion(f"/entidades/{id}/certificaciones", _("Certificaciones presupuestarias"), texto, "scale")
