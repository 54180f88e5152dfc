"""Open a place of dispatch, and close one that nothing is in nor on its way from."""

from uuid import UUID

from sqlmodel import Session, col, select

from comercio.catalogo import LugarNoEncontrado, bloquear_lugar, lugar_principal
from comercio.catalogo.modelos import LugarDeDespacho
from comercio.lugares.consultas import pendientes_de
from comercio.lugares.errores import DemasiadosLugares, LugarEnUso, LugarRepetido
from empresa_digital.registro import Facultad, exigir_facultad, tiene_facultad, unidad_por_id
from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

LUGARES_MAXIMOS = 20
"""Open at once, of a seller."""


def abrir_lugar(
    sesion: Session,
    actor: Actor,
    unidad_id: UUID,
    nombre: str,
    referencia: str,
    lugar_id: UUID | None = None,
) -> LugarDeDespacho:
    """One more, in the municipality of the seller, from where postage is counted; or a closed one of that
    name, again. Twice with the same id, it is one. Raises `SinFacultad`, `LugarRepetido`,
    `DemasiadosLugares`.
    """
    autorizacion = exigir_facultad(sesion, actor, unidad_id, Facultad.VENDER)
    principal = bloquear_lugar(sesion, lugar_principal(sesion, unidad_por_id(sesion, unidad_id)).id)
    suyos = sesion.exec(
        select(LugarDeDespacho)
        .where(LugarDeDespacho.vendedor_id == unidad_id)
        .order_by(col(LugarDeDespacho.id))
        .execution_options(populate_existing=True)
    ).all()
    if hecho := next((x for x in suyos if x.id == lugar_id), None):
        return hecho
    lugar = next((x for x in suyos if x.nombre.casefold() == nombre.casefold()), None)
    if lugar is not None and lugar.abierto:
        texto = _("Ya tiene un lugar con ese nombre.")
        raise LugarRepetido(texto, campos={"nombre": texto})
    if sum(x.abierto for x in suyos) >= LUGARES_MAXIMOS:
        raise DemasiadosLugares(_("Se abren hasta %(n)s: cierre uno antes.") % {"n": LUGARES_MAXIMOS})
    if lugar is None:
        lugar = LugarDeDespacho(
            id=lugar_id or nuevo_id(),
            vendedor_id=unidad_id,
            nombre=nombre,
            municipio_ine=principal.municipio_ine,
        )
    lugar.referencia, lugar.cerrado_en = referencia, None
    sesion.add(lugar)
    sesion.flush()
    hechos = {"unidad": str(unidad_id), "nombre": lugar.nombre}
    auditar(sesion, autorizacion, "lugar_de_despacho.abrir", "comercio_lugar_de_despacho", lugar.id, hechos)
    return lugar


def cerrar_lugar(sesion: Session, actor: Actor, lugar_id: UUID) -> LugarDeDespacho:
    """Nothing leaves from it any more. Raises `LugarNoEncontrado` to who does not sell for the unit,
    `LugarEnUso`."""
    lugar = bloquear_lugar(sesion, lugar_id)
    if not tiene_facultad(sesion, actor, lugar.vendedor_id, Facultad.VENDER):
        raise LugarNoEncontrado()
    autorizacion = exigir_facultad(sesion, actor, lugar.vendedor_id, Facultad.VENDER)
    if not lugar.abierto:
        return lugar
    if lugar.principal:
        raise LugarEnUso(_("Es su lugar principal: no se cierra."))
    variantes, pedidos = pendientes_de(sesion, lugar.id)
    if variantes:
        raise LugarEnUso(_("Todavía hay existencia: llévela a otro lugar, o anote que se acabó."))
    if pedidos:
        raise LugarEnUso(_("Un pedido que salió de ahí no terminó y puede volver: espere a que termine."))
    lugar.cerrado_en = ahora_bd(sesion)
    sesion.flush()
    hechos = {"unidad": str(lugar.vendedor_id), "nombre": lugar.nombre}
    auditar(sesion, autorizacion, "lugar_de_despacho.cerrar", "comercio_lugar_de_despacho", lugar.id, hechos)
    return lugar
