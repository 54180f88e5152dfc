"""What comes next for a person: as a citizen, and for each unit according to the faculties they hold.

Only work that waits is counted, and a group begins with it; a visit costs the same few queries for one unit
or for twenty, but for those of the desks the person really works at.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from moneyed import Money
from sqlmodel import Session

from ciudadania import contar_sin_leer
from comercio import EstadoPedido, pedidos_del_comprador, resumen_vendedor
from comercio.estados import POR_DESPACHAR
from empresa_digital.registro import (
    EstadoUnidad,
    Facultad,
    Habilitacion,
    TipoUnidad,
    UnidadEconomica,
    con_habilitacion,
    contar_por_estado,
    facultades_de,
    unidades_de,
)
from envios import Bandeja, contar_bandejas
from feria_inversa import Convocatoria, Estado, contar_abiertas, de_la_entidad
from nucleo.actor import Actor
from nucleo.dinero import bs, formato_bs
from nucleo.paginacion import CursorPedido
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.textos import ngettext
from pagos import CuentaPropia, TipoCuenta, cuenta_de_persona, cuentas_de, saldo_disponible
from pagos.cobros import documento_de, ordenes_a_nombre_de
from pagos.planillas import planillas_por_aprobar
from plataforma.vitrina import nombre_de, nombre_de_tipo

FACULTADES = (
    Facultad.ADMINISTRAR,
    Facultad.VENDER,
    Facultad.OFERTAR,
    Facultad.COMPRAR,
    Facultad.EVALUAR,
    Facultad.DESPACHAR,
    Facultad.PAGAR,
    Facultad.REGULAR,
)
HABILITACIONES = (Habilitacion.VENDEDOR, Habilitacion.RECEPTOR_DE_PAGOS, Habilitacion.ENTIDAD_CONTRATANTE)
POR_TERMINAR = (EstadoUnidad.BORRADOR, EstadoUnidad.OBSERVADA)
MAXIMO_CONTADO = 100
PILAS = (
    ("borradores", {Estado.BORRADOR}),
    ("abiertas", {Estado.PUBLICADO}),
    ("por_abrir", {Estado.RECEPCION_CERRADA}),
    ("por_adjudicar", {Estado.APERTURA, Estado.SUBASTA, Estado.EVALUACION}),
    ("por_contratar", {Estado.ADJUDICADO, Estado.PLAZO_IMPUGNACION}),
)
EN_REVISION = (EstadoUnidad.PRESENTADA, EstadoUnidad.SUBSANADA)


@dataclass(frozen=True, slots=True)
class Accion:
    """A line of the panel. `cuenta` is how many there are, None where there is nothing to count; `urge` when
    they wait for this person.
    """

    url: str
    titulo: str
    texto: str
    icono: str
    cuenta: int | None = None
    urge: bool = False


@dataclass(slots=True)
class Grupo:
    titulo: str
    detalle: str = ""
    url: str | None = None
    acciones: list[Accion] = field(default_factory=list)

    @property
    def urge(self) -> bool:
        """Whether some work of its own waits (open needs of the State are an offer, not work)."""
        return any(a.urge for a in self.acciones)


def saldo(sesion: Session, actor: Actor) -> Money:
    """What the person can spend now."""
    if actor.persona_id is None:
        return bs(0)
    return saldo_disponible(sesion, cuenta_de_persona(sesion, actor.persona_id))


def grupos(sesion: Session, actor: Actor) -> list[Grupo]:
    """Their units first, those with waiting work on top; then the person; then registrations to finish."""
    facultades = facultades_de(sesion, actor, FACULTADES)
    unidades = [u for u in unidades_de(sesion, actor) if u.id in facultades] if facultades else []
    abiertas = contar_abiertas(sesion, MAXIMO_CONTADO) if unidades else 0
    dinero = _de_cuentas(sesion, actor) if unidades else {}
    calidades = _calidades(sesion, unidades)
    todos = [
        _de_unidad(sesion, u, facultades[u.id], calidades[u.id], abiertas, dinero.get(u.id, []))
        for u in unidades
    ]
    todos.sort(key=lambda g: (not g.urge, g.titulo.casefold()))
    return [g for g in todos if g.acciones] + [_personal(sesion, actor)] + _por_terminar(sesion, actor)


def _calidades(sesion: Session, unidades: list[UnidadEconomica]) -> dict[UUID, set[Habilitacion]]:
    """What each unit is qualified for, of what the panel asks."""
    ids = [u.id for u in unidades]
    hallado: dict[UUID, set[Habilitacion]] = {id: set() for id in ids}
    for habilitacion in HABILITACIONES if ids else ():
        for unidad_id in con_habilitacion(sesion, ids, habilitacion):
            hallado[unidad_id].add(habilitacion)
    return hallado


def _de_unidad(
    sesion: Session,
    unidad: UnidadEconomica,
    facultades: set[Facultad],
    calidades: set[Habilitacion],
    abiertas: int,
    dinero: list[Accion],
) -> Grupo:
    detalle = f"{nombre_de_tipo(unidad.tipo)} · {unidad.numero}"
    grupo = Grupo(nombre_de(unidad), detalle, f"/mis-unidades/{unidad.numero}")
    if Facultad.REGULAR in facultades:
        grupo.acciones += _de_regulador(sesion)
    if unidad.tipo == TipoUnidad.ENTIDAD_PUBLICA:
        grupo.acciones += _de_entidad(sesion, unidad, facultades, calidades)
    elif unidad.tipo == TipoUnidad.OPERADOR_POSTAL:
        grupo.acciones += _de_operador(sesion, unidad, facultades)
    else:
        grupo.acciones += _de_productor(sesion, unidad, facultades, calidades, abiertas)
    # What waits goes first, the money of the unit last.
    grupo.acciones = [a for a in dinero if a.urge] + grupo.acciones + [a for a in dinero if not a.urge]
    return grupo


def _de_cuentas(sesion: Session, actor: Actor) -> dict[UUID, list[Accion]]:
    """The batches that wait for this person's approval, and the money of each unit they may pay for."""
    if actor.persona_id is None:
        return {}
    cuentas = [c for c in cuentas_de(sesion, actor) if c.unidad_id is not None]
    if not cuentas:
        return {}
    por_unidad: dict[UUID, list[Accion]] = {}
    esperan = planillas_por_aprobar(sesion, [c.unidad_id for c in cuentas if c.unidad_id], actor.persona_id)
    for unidad_id, cuantas in esperan.items():
        texto = _("Las preparó otra persona: usted decide si se pagan.")
        aprobar = Accion(
            "/billetera/planillas", _("Aprobar planillas de pago"), texto, "list-checks", cuantas, True
        )
        por_unidad.setdefault(unidad_id, []).append(aprobar)
    for cuenta in cuentas:
        if cuenta.unidad_id is not None:
            por_unidad.setdefault(cuenta.unidad_id, []).append(_cuenta(cuenta))
    return por_unidad


def _cuenta(propia: CuentaPropia) -> Accion:
    texto = _("Disponible: %(monto)s. Pagos, cobros del día, planillas y retiros.")
    return Accion(
        f"/billetera?cuenta={propia.id}",
        _("Lo recaudado") if propia.cuenta.tipo == TipoCuenta.RECAUDACION else _("Dinero de la unidad"),
        texto % {"monto": formato_bs(propia.cuenta.disponible)},
        "wallet",
    )


def _personal(sesion: Session, actor: Actor) -> Grupo:
    sin_leer = contar_sin_leer(sesion, actor)
    en_camino = _pedidos_en_camino(sesion, actor.persona_id)
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
    acciones = [pedidos, _por_pagar(sesion, actor), buzon, compra]
    return Grupo(_("Como persona"), _("Sus compras, sus pagos y su buzón."), None, acciones)


def _por_pagar(sesion: Session, actor: Actor) -> Accion:
    ordenes = ordenes_a_nombre_de(sesion, documento_de(sesion, actor.persona_id)) if actor.persona_id else []
    if not ordenes:
        texto = _("Tasas, patentes y cobros, con su código o su QR.")
        return Accion("/pagar", _("Pagar"), texto, "qr-code")
    texto = _("Órdenes de cobro a su nombre, por %(monto)s.")
    total = sum((o.saldo for o in ordenes), bs(0))
    return Accion(
        "/pagar", _("Pagar lo que debe"), texto % {"monto": formato_bs(total)}, "receipt-text", len(ordenes)
    )


def _de_productor(
    sesion: Session,
    unidad: UnidadEconomica,
    facultades: set[Facultad],
    calidades: set[Habilitacion],
    abiertas: int,
) -> list[Accion]:
    acciones = []
    if Facultad.VENDER in facultades and Habilitacion.VENDEDOR not in calidades:
        texto = _("Para vender en la tienda la autoridad debe habilitar a la unidad.")
        url = f"/mis-unidades/{unidad.numero}/habilitaciones"
        acciones.append(Accion(url, _("Pedir la habilitación de vendedor"), texto, "badge-check"))
    elif Facultad.VENDER in facultades:
        resumen = resumen_vendedor(sesion, unidad.id)
        vender = f"/vender?unidad={unidad.id}"
        por_despachar = sum(resumen.por_estado.get(e, 0) for e in POR_DESPACHAR)
        if por_despachar:
            texto = _("El dinero ya está en custodia: se libera cuando la persona recibe.")
            acciones.append(
                Accion(vender, _("Despachar pedidos"), texto, "package-open", por_despachar, True)
            )
        if cortos := len(resumen.con_poca_existencia):
            texto = _("Reponga la existencia o póngalos en pausa.")
            acciones.append(Accion(vender, _("Productos por agotarse"), texto, "package-minus", cortos, True))
        texto = ngettext(
            "Tiene %(n)s producto publicado.", "Tiene %(n)s productos publicados.", resumen.publicados
        ) % {"n": resumen.publicados}
        acciones.append(Accion(vender, _("Vender en la tienda"), texto, "store"))
    if Facultad.OFERTAR in facultades and abiertas:
        texto = _("Necesidades abiertas a ofertas en este momento.")
        acciones.append(Accion("/feria", _("Vender al Estado"), texto, "megaphone", abiertas))
    if Facultad.VENDER in facultades and Habilitacion.RECEPTOR_DE_PAGOS in calidades:
        texto = _("Órdenes de cobro con código y el QR de su mostrador.")
        acciones.append(Accion(f"/cobros?unidad={unidad.numero}", _("Cobrar"), texto, "qr-code"))
    if Facultad.ADMINISTRAR in facultades and not acciones:
        texto = _("Datos, mandatos y habilitaciones.")
        acciones.append(
            Accion(f"/mis-unidades/{unidad.numero}", _("Administrar la unidad"), texto, "settings")
        )
    return acciones


def _de_entidad(
    sesion: Session, unidad: UnidadEconomica, facultades: set[Facultad], calidades: set[Habilitacion]
) -> list[Accion]:
    cobros = _("Órdenes de cobro con código y QR.")
    cobrar = Accion(f"/cobros?unidad={unidad.numero}", _("Cobrar a los ciudadanos"), cobros, "qr-code")
    cobra = [cobrar] if Facultad.VENDER in facultades else []
    if Habilitacion.ENTIDAD_CONTRATANTE not in calidades:
        return []
    if not facultades & {Facultad.COMPRAR, Facultad.EVALUAR}:
        return cobra
    propias = de_la_entidad(sesion, [unidad.id], {estado for _v, estados in PILAS for estado in estados})
    instante = ahora_bd(sesion)
    cuantas = Counter(_pila(c, instante) for c in propias)
    pendientes = [
        ("por_abrir", _("Abrir ofertas"), _("Terminó la recepción."), "mail-open"),
        ("por_adjudicar", _("Evaluar y adjudicar"), _("Compare las ofertas de cada ítem."), "scale"),
        ("por_contratar", _("Emitir órdenes de compra"), _("Ya tienen ganador."), "file-check"),
        ("borradores", _("Publicar borradores"), _("Todavía nadie los ve."), "file-pen"),
        ("abiertas", _("Recibiendo ofertas"), _("Abiertas hasta su fecha de cierre."), "hourglass"),
    ]
    acciones = [
        Accion(f"/compras?ver={v}", t, d, i, cuantas[v], v != "abiertas")
        for v, t, d, i in pendientes
        if cuantas[v]
    ]
    texto = _("Publique lo que la entidad necesita comprar.")
    publica = [Accion("/compras/nueva", _("Publicar una necesidad"), texto, "megaphone")]
    return acciones + (publica if Facultad.COMPRAR in facultades else []) + cobra


def _pila(convocatoria: Convocatoria, instante: datetime) -> str:
    """The pile of the desk; a call past its hour waits to be opened even before the sweep closes it."""
    vencida = convocatoria.vence_en is not None and convocatoria.vence_en <= instante
    if convocatoria.estado == Estado.PUBLICADO and vencida:
        return "por_abrir"
    return next(ver for ver, estados in PILAS if convocatoria.estado in estados)


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
    acciones = [Accion(f"{base}{b}", t, d, i, bandejas[b], True) for b, t, d, i in pendientes if bandejas[b]]
    texto = _("Lea varios números seguidos con la cámara o un lector.")
    return [
        *acciones,
        Accion(f"/envios/operador/escanear?unidad={unidad.id}", _("Escanear"), texto, "scan-barcode"),
    ]


def _de_regulador(sesion: Session) -> list[Accion]:
    estados = contar_por_estado(sesion)
    esperan = sum(estados.get(e, 0) for e in EN_REVISION)
    texto = _("Solicitudes presentadas que esperan su decisión.")
    if not esperan:
        texto = _("No hay solicitudes en espera.")
    vigila = _("Volumen, límites, cuentas congeladas y cierres.")
    tarjetas, retiros = _("Cobros por revisar."), _("Lotes para el banco y su conciliación.")
    return [
        Accion("/regulador/unidades", _("Revisar registros"), texto, "stamp", esperan or None, esperan > 0),
        Accion("/regulador/pagos", _("Supervisar los pagos"), vigila, "shield-check"),
        Accion("/regulador/retiros", _("Retiros a bancos"), retiros, "landmark"),
        Accion("/regulador/pagos-con-tarjeta", _("Tarjetas y disputas"), tarjetas, "credit-card"),
    ]


def _por_terminar(sesion: Session, actor: Actor) -> list[Grupo]:
    pendientes = unidades_de(sesion, actor, estados=POR_TERMINAR)
    if not pendientes:
        return []
    acciones = [
        Accion(
            f"/mis-unidades/{u.numero}" if u.numero else "/mis-unidades",
            nombre_de(u),
            _("Corrija lo observado y vuelva a presentar.")
            if u.estado == EstadoUnidad.OBSERVADA
            else _("Termine los datos y presente la solicitud."),
            "file-pen",
        )
        for u in pendientes
    ]
    return [Grupo(_("Registros por terminar"), "", None, acciones)]


def _pedidos_en_camino(sesion: Session, persona_id: UUID | None) -> int:
    if persona_id is None:
        return 0
    abiertos, _siguiente = pedidos_del_comprador(
        sesion, persona_id, CursorPedido(None, MAXIMO_CONTADO), abiertos=True
    )
    return sum(1 for fila in abiertos if fila.pedido.estado == EstadoPedido.DESPACHADO)
