"""Pages where the bank's files are received and a person settles what no rule could."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido, nombres_de_personas
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.dinero import de_centavos, formato_bs
from nucleo.formularios import Hoja
from nucleo.paginacion import Cursor, CursorPedido, UnCursor
from nucleo.textos import gettext as _
from nucleo.textos import ngettext
from nucleo.web import pagina, redirigir
from pagos.banco import consultas
from pagos.banco.decidir import decidir as decidir_movimiento
from pagos.banco.errores import ArchivoDeBancoInexistente, MovimientoInexistente
from pagos.banco.estados import EstadoMovimiento
from pagos.banco.formularios import ARCHIVO, DECISION, HojaDeArchivo, HojaDeDecision
from pagos.banco.modelos import ArchivoDeBanco, EntradaDeBanco, MovimientoDeBanco
from pagos.banco.palabras import ACCIONES, ESTADOS, EXPLICACIONES, SENTIDOS
from pagos.banco.recibir import recibir
from pagos.libro import exigir_supervisor
from pagos.retiros import MONEDA
from pagos.retiros.modelos import Retiro

router = APIRouter(tags=["conciliación con bancos"])

POR_PAGINA = 20


@dataclass(frozen=True, slots=True)
class MovimientoEnPagina:
    """A movement as a page shows it."""

    fila: MovimientoDeBanco
    entrada: EntradaDeBanco
    monto: str
    explicacion: str
    estado: str
    tono: str
    sentido: str


def _vista(sesion: Session, m: MovimientoDeBanco) -> MovimientoEnPagina:
    estado, tono = ESTADOS[m.estado]
    return MovimientoEnPagina(
        m,
        sesion.get_one(EntradaDeBanco, m.entrada_id),
        _monto(m.monto, m.moneda),
        str(EXPLICACIONES[m.resultado]),
        str(estado),
        tono,
        str(SENTIDOS.get(m.sentido, _("No se sabe si salió o entró"))),
    )


def _monto(centavos: int | None, moneda: str) -> str:
    if centavos is None:
        return _("Monto ilegible")
    escrito = formato_bs(de_centavos(centavos))
    return escrito if moneda == MONEDA else escrito.replace("Bs", moneda or "¿?", 1)


@router.get("/regulador/banco")
def conciliacion(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    cursor: UnCursor = None,
    archivos: UnCursor = None,
) -> Response:
    """Two lists, each with its own cursor: `cursor` of what waits, `archivos` of the files."""
    return _conciliacion(request, sesion, actor, cursor, archivos)


def _conciliacion(
    request: Request,
    sesion: Session,
    actor: Actor,
    cursor: str | None = None,
    desde_archivo: str | None = None,
    hoja: Hoja[Any] | None = None,
) -> Response:
    exigir_supervisor(sesion, actor)
    pedido = CursorPedido(cursor, POR_PAGINA)
    esperan, siguiente = consultas.movimientos(sesion, pedido, EstadoMovimiento.PENDIENTE)
    archivos, mas_archivos = consultas.archivos(sesion, CursorPedido(desde_archivo, POR_PAGINA))
    return pagina(
        request,
        "pagos/banco/conciliacion.html",
        hoja=hoja,
        archivo=ARCHIVO.mostrar(request, enviada=hoja),
        esperan=[_vista(sesion, m) for m in esperan],
        cuantos=consultas.cuantos_esperan(sesion),
        siguiente=f"/regulador/banco?cursor={siguiente}" if siguiente else None,
        es_continuacion=bool(cursor or desde_archivo),
        mas_archivos=f"/regulador/banco?archivos={mas_archivos}" if mas_archivos else None,
        archivos=archivos,
        cuentas=consultas.cuenta_por_estado(sesion, [a.id for a in archivos]),
    )


@router.post("/regulador/banco/archivos")
def subir(request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeArchivo) -> Response:
    with hoja:
        subido = hoja.archivo("archivo")
        fila = recibir(sesion, actor, nombre=subido.nombre, contenido=subido.contenido)
        cuenta = consultas.cuenta_por_estado(sesion, [fila.id])[fila.id]
        texto = ngettext(
            "Archivo recibido: un movimiento, %(nuevas)s nuevos.",
            "Archivo recibido: %(n)s movimientos, %(nuevas)s nuevos.",
            cuenta["total"],
        )
        return redirigir(
            f"/regulador/banco/archivos/{fila.id}",
            texto % {"n": cuenta["total"], "nuevas": cuenta["nuevas"]},
        )
    return _conciliacion(request, sesion, actor, hoja=hoja)


@router.get("/regulador/banco/archivos/{archivo_id}")
def ver_archivo(
    request: Request, archivo_id: UUID, sesion: Sesion, actor: ActorRequerido, cursor: Cursor
) -> Response:
    exigir_supervisor(sesion, actor)
    archivo = sesion.get(ArchivoDeBanco, archivo_id)
    if archivo is None:
        raise ArchivoDeBancoInexistente()
    lineas, siguiente = consultas.lineas_de(sesion, archivo_id, cursor)
    return pagina(
        request,
        "pagos/banco/archivo.html",
        archivo=archivo,
        cuenta=consultas.cuenta_por_estado(sesion, [archivo_id]).get(archivo_id, {}),
        lineas=[(linea, _vista(sesion, m)) for linea, m in lineas],
        siguiente=f"/regulador/banco/archivos/{archivo_id}?cursor={siguiente}" if siguiente else None,
    )


@router.get("/regulador/banco/movimientos/{movimiento_id}")
def ver_movimiento(request: Request, movimiento_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    return _movimiento(request, sesion, actor, movimiento_id)


def _movimiento(
    request: Request, sesion: Session, actor: Actor, movimiento_id: UUID, hoja: Hoja[Any] | None = None
) -> Response:
    exigir_supervisor(sesion, actor)
    movimiento = sesion.get(MovimientoDeBanco, movimiento_id, populate_existing=True)
    if movimiento is None:
        raise MovimientoInexistente()
    decision = consultas.decision_de(sesion, movimiento_id)
    espera = movimiento.estado == EstadoMovimiento.PENDIENTE
    candidatos = consultas.candidatos(sesion, movimiento) if espera else []
    opciones = [(str(r.id), f"{r.titular} · {formato_bs(r.monto)} · {r.extremo[-8:]}") for r in candidatos]
    elegido = {"retiro": opciones[0][0]} if candidatos and candidatos[0].id == movimiento.retiro_id else {}
    quien = nombres_de_personas(sesion, [decision.persona_id]) if decision else {}
    retiro_id = (decision.retiro_id if decision else None) or movimiento.retiro_id
    return pagina(
        request,
        "pagos/banco/movimiento.html",
        hoja=hoja,
        m=_vista(sesion, movimiento),
        espera=espera,
        hay_candidatos=bool(candidatos),
        retiro=sesion.get(Retiro, retiro_id) if retiro_id else None,
        decision=decision,
        accion=str(ACCIONES[decision.accion]) if decision else "",
        quien=quien.get(decision.persona_id, "") if decision else "",
        formulario=DECISION.mostrar(
            request, elegido, enviada=hoja, opciones={"retiro": [("", _("Ninguno")), *opciones]}
        ),
    )


@router.post("/regulador/banco/movimientos/{movimiento_id}/decision")
def decidir(
    request: Request, movimiento_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeDecision
) -> Response:
    with hoja:
        datos = hoja.datos
        decidir_movimiento(
            sesion, actor, movimiento_id, datos.accion, motivo=datos.motivo, retiro_id=datos.retiro
        )
        return redirigir("/regulador/banco", _("Movimiento resuelto: quedó con su motivo y su nombre."))
    return _movimiento(request, sesion, actor, movimiento_id, hoja)
