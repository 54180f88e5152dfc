"""What comes next for a person: as a citizen, and for each unit according to the faculties they hold.

Only work that waits is counted, and a group begins with it; a visit costs the same few queries for one unit
or for twenty, but for those of the desks the person really works at.
"""

from dataclasses import dataclass, field
from uuid import UUID

from moneyed import Money
from sqlalchemy import func
from sqlmodel import Session, col, select

from ciudadania import contar_sin_leer
from comercio.estados import POR_DESPACHAR, EstadoPedido
from comercio.modelos import Pedido
from empresa_digital.registro import EstadoUnidad, Facultad, TipoUnidad, UnidadEconomica, unidades_de
from empresa_digital.registro.consultas import contar_por_estado
from envios.consultas import Bandeja, contar_bandejas
from feria_inversa.consultas import buscar_convocatorias, de_la_entidad
from feria_inversa.estados import Estado
from nucleo.actor import Actor
from nucleo.dinero import bs
from nucleo.textos import gettext as _
from nucleo.textos import ngettext
from pagos import cuenta_de_persona, saldo_disponible
from plataforma.vitrina import nombre_de, nombre_de_tipo

FACULTADES = (
    Facultad.ADMINISTRAR,
    Facultad.VENDER,
    Facultad.OFERTAR,
    Facultad.COMPRAR,
    Facultad.EVALUAR,
    Facultad.DESPACHAR,
    Facultad.REGULAR,
)
POR_TERMINAR = (EstadoUnidad.BORRADOR, EstadoUnidad.OBSERVADA)
EN_REVISION = (EstadoUnidad.PRESENTADA, EstadoUnidad.SUBSANADA)


@dataclass(frozen=True, slots=True)
class Accion:
    """A line of the panel. `cuenta` is how many wait; None where there is nothing to count."""

    url: str
    titulo: str
    texto: str
    icono: str
    cuenta: int | None = None


@dataclass(slots=True)
class Grupo:
    titulo: str
    detalle: str = ""
    url: str | None = None
    acciones: list[Accion] = field(default_factory=list)


def saldo(sesion: Session, actor: Actor) -> Money:
    """What the person can spend now."""
    if actor.persona_id is None:
        return bs(0)
    return saldo_disponible(sesion, cuenta_de_persona(sesion, actor.persona_id))


def grupos(sesion: Session, actor: Actor) -> list[Grupo]:
    """The person first, then each of their units by name, then the registrations still to be finished."""
    todos = [_personal(sesion, actor)]
    unidades: dict[UUID, UnidadEconomica] = {}
    facultades: dict[UUID, set[Facultad]] = {}
    for facultad in FACULTADES:
        for unidad in unidades_de(sesion, actor, facultad):
            unidades[unidad.id] = unidad
            facultades.setdefault(unidad.id, set()).add(facultad)
    por_vender = _pedidos_por_despachar(sesion, list(unidades))
    abiertas = len(buscar_convocatorias(sesion, "", limite=100)) if unidades else 0
    for unidad in sorted(unidades.values(), key=lambda u: nombre_de(u).casefold()):
        suyas = facultades[unidad.id]
        grupo = Grupo(
            nombre_de(unidad),
            f"{nombre_de_tipo(unidad.tipo)} · {unidad.numero}",
            f"/unidades/{unidad.numero}",
        )
        grupo.acciones += _de_regulador(sesion) if Facultad.REGULAR in suyas else []
        if unidad.tipo == TipoUnidad.ENTIDAD_PUBLICA:
            grupo.acciones += _de_entidad(sesion, unidad, suyas)
        elif unidad.tipo == TipoUnidad.OPERADOR_POSTAL:
            grupo.acciones += _de_operador(sesion, unidad, suyas)
        else:
            grupo.acciones += _de_productor(unidad, suyas, por_vender.get(unidad.id, 0), abiertas)
        todos += [grupo] if grupo.acciones else []
    return todos + _por_terminar(sesion, actor)


def _personal(sesion: Session, actor: Actor) -> Grupo:
    sin_leer = contar_sin_leer(sesion, actor)
    en_camino = _pedidos_en_camino(sesion, actor)
    pedidos = Accion("/pedidos", _("Mis pedidos"), _("Lo que compró y por dónde viene."), "package")
    if en_camino:
        texto = _("Tenga a mano el código de entrega de cada uno.")
        pedidos = Accion("/pedidos", _("Recibir sus pedidos en camino"), texto, "package", en_camino)
    buzon = Accion("/buzon", _("Buzón"), _("No tiene mensajes sin leer."), "mail")
    if sin_leer:
        texto = ngettext("Tiene un mensaje sin leer.", "Tiene mensajes sin leer.", sin_leer)
        buzon = Accion("/buzon", _("Leer su buzón"), texto, "mail", sin_leer)
    compra = Accion(
        "/tienda", _("Comprar"), _("Su dinero espera en custodia hasta que reciba."), "shopping-bag"
    )
    return Grupo(_("Como persona"), _("Sus compras y su buzón."), None, [pedidos, buzon, compra])


def _de_productor(
    unidad: UnidadEconomica, facultades: set[Facultad], por_despachar: int, abiertas: int
) -> list[Accion]:
    acciones = []
    if Facultad.VENDER in facultades:
        texto = _("El dinero ya está en custodia: se libera cuando la persona recibe.")
        if por_despachar:
            acciones.append(Accion("/vender", _("Despachar pedidos"), texto, "package-open", por_despachar))
        acciones.append(
            Accion("/vender", _("Vender en la tienda"), _("Sus productos, existencias y pedidos."), "store")
        )
    if Facultad.OFERTAR in facultades and abiertas:
        texto = _("Necesidades abiertas a ofertas en este momento.")
        acciones.append(Accion("/feria", _("Vender al Estado"), texto, "megaphone", abiertas))
    if Facultad.ADMINISTRAR in facultades and not acciones:
        texto = _("Datos, mandatos y habilitaciones.")
        acciones.append(Accion(f"/unidades/{unidad.numero}", _("Administrar la unidad"), texto, "settings"))
    return acciones


def _de_entidad(sesion: Session, unidad: UnidadEconomica, facultades: set[Facultad]) -> list[Accion]:
    if not facultades & {Facultad.COMPRAR, Facultad.EVALUAR}:
        return []
    propias = de_la_entidad(
        sesion,
        [unidad.id],
        {Estado.BORRADOR, Estado.PUBLICADO, Estado.RECEPCION_CERRADA, Estado.APERTURA, Estado.EVALUACION},
    )
    cuantas = {e: sum(1 for c in propias if c.estado == e) for e in Estado}
    en_evaluacion = cuantas[Estado.APERTURA] + cuantas[Estado.EVALUACION]
    pendientes = [
        (_("Abrir ofertas"), _("Terminó la recepción."), "mail-open", cuantas[Estado.RECEPCION_CERRADA]),
        (_("Evaluar y adjudicar"), _("Compare las ofertas de cada ítem."), "scale", en_evaluacion),
        (_("Publicar borradores"), _("Todavía nadie los ve."), "file-pen", cuantas[Estado.BORRADOR]),
        (
            _("Recibiendo ofertas"),
            _("Abiertas hasta su fecha de cierre."),
            "hourglass",
            cuantas[Estado.PUBLICADO],
        ),
    ]
    acciones = [Accion("/compras", t, d, i, n) for t, d, i, n in pendientes if n]
    texto = _("Publique lo que la entidad necesita comprar.")
    return [*acciones, Accion("/compras", _("Publicar una necesidad"), texto, "megaphone")]


def _de_operador(sesion: Session, unidad: UnidadEconomica, facultades: set[Facultad]) -> list[Accion]:
    if Facultad.DESPACHAR not in facultades:
        return []
    bandejas = contar_bandejas(sesion, unidad.id)
    pendientes = [
        (Bandeja.POR_ADMITIR, _("Admitir envíos"), _("Anunciados por los vendedores."), "package-plus"),
        (Bandeja.PROBLEMAS, _("Resolver problemas"), _("Retenidos o sin poder entregar."), "triangle-alert"),
        (Bandeja.EN_MANOS, _("Mover o repartir"), _("En sus oficinas o en camino."), "warehouse"),
        (Bandeja.EN_REPARTO, _("Entregar"), _("Están en reparto: pida el código."), "truck"),
    ]
    base = f"/envios/operador?unidad={unidad.id}&ver="
    acciones = [Accion(f"{base}{b}", t, d, i, bandejas[b]) for b, t, d, i in pendientes if bandejas[b]]
    texto = _("Lea varios números seguidos con la cámara o un lector.")
    return [*acciones, Accion("/envios/operador/escanear", _("Escanear"), texto, "scan-barcode")]


def _de_regulador(sesion: Session) -> list[Accion]:
    estados = contar_por_estado(sesion)
    esperan = sum(estados.get(e, 0) for e in EN_REVISION)
    texto = _("Solicitudes presentadas que esperan su decisión.")
    if not esperan:
        texto = _("No hay solicitudes en espera.")
    return [Accion("/regulador", _("Revisar registros"), texto, "stamp", esperan or None)]


def _por_terminar(sesion: Session, actor: Actor) -> list[Grupo]:
    pendientes = unidades_de(sesion, actor, estados=POR_TERMINAR)
    if not pendientes:
        return []
    acciones = [
        Accion(
            "/mis-unidades",
            nombre_de(u),
            _("Corrija lo observado y vuelva a presentar.")
            if u.estado == EstadoUnidad.OBSERVADA
            else _("Termine los datos y presente la solicitud."),
            "file-pen",
        )
        for u in pendientes
    ]
    return [Grupo(_("Registros por terminar"), "", None, acciones)]


def _pedidos_en_camino(sesion: Session, actor: Actor) -> int:
    consulta = select(func.count()).where(
        col(Pedido.comprador_id) == actor.persona_id, col(Pedido.estado) == EstadoPedido.DESPACHADO
    )
    return sesion.exec(consulta).one()


def _pedidos_por_despachar(sesion: Session, unidades: list[UUID]) -> dict[UUID, int]:
    if not unidades:
        return {}
    consulta = (
        select(Pedido.vendedor_id, func.count())
        .where(col(Pedido.vendedor_id).in_(unidades), col(Pedido.estado).in_(sorted(POR_DESPACHAR)))
        .group_by(col(Pedido.vendedor_id))
    )
    return dict(sesion.exec(consulta).all())
