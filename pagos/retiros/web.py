"""Pages of withdrawals: who asks for one, and the operator who sends them to the bank and reconciles."""

from dataclasses import asdict, dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from empresa_digital.registro import exigir_regulador
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.dinero import formato_bs, leer_monto
from nucleo.errores import DatosInvalidos, ErrorDominio
from nucleo.ids import nuevo_id
from nucleo.paginacion import CursorPedido
from nucleo.textos import gettext as _
from nucleo.textos import ngettext
from nucleo.textos import perezoso as _l
from nucleo.web import pagina, redirigir
from pagos.libro import Operacion, comision_en_palabras, comision_vigente, cuentas_de
from pagos.retiros import retiros
from pagos.retiros.bancos_xml import BYTES_MAXIMOS
from pagos.retiros.errores import ComisionDistinta
from pagos.retiros.estados import EstadoRetiro
from pagos.retiros.retiros import DatosDeRetiro

router = APIRouter(tags=["pagos de empresas"])

ESTADOS: dict[str, tuple[str, str]] = {
    EstadoRetiro.PEDIDO: (_l("Por enviar al banco"), "aviso"),
    EstadoRetiro.EN_LOTE: (_l("En el banco"), "info"),
    EstadoRetiro.PAGADO: (_l("Pagado"), "bien"),
    EstadoRetiro.RECHAZADO: (_l("No se hizo"), "mal"),
    EstadoRetiro.CANCELADO: (_l("Cancelado"), "neutro"),
    EstadoRetiro.DEVUELTO: (_l("Devuelto por el banco"), "mal"),
}


@router.get("/billetera/retirar")
def formulario(request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    return _formulario(request, sesion, actor, nuevo_id(), {}, {})


def _formulario(
    request: Request,
    sesion: Session,
    actor: Actor,
    id: UUID,
    valores: dict[str, str],
    errores: dict[str, str],
    estado: int = 200,
) -> Response:
    cuentas = cuentas_de(sesion, actor)
    return pagina(
        request,
        "pagos/retiros/retirar.html",
        estado=estado,
        cuentas=[(str(c.id), f"{c.nombre} · {formato_bs(c.cuenta.disponible)}") for c in cuentas],
        bancos=list(retiros.bancos(sesion).items()),
        retiros=retiros.retiros_de(sesion, actor, CursorPedido(None, 50))[0],
        estados=ESTADOS,
        comision=comision_en_palabras(comision_vigente(sesion, Operacion.RETIRO)),
        id=id,
        valores=valores,
        errores=errores,
    )


@dataclass(frozen=True, slots=True)
class Pedido:
    """The form, as it was written."""

    id: UUID
    cuenta: int
    monto: str
    banco: str
    numero_cuenta: str
    titular: str

    @property
    def valores(self) -> dict[str, str]:
        return {k: str(v) for k, v in asdict(self).items() if k != "id"}

    @property
    def datos(self) -> DatosDeRetiro:
        return DatosDeRetiro(
            cuenta_id=self.cuenta,
            monto=leer_monto(self.monto),
            banco=self.banco,
            numero_cuenta=self.numero_cuenta,
            titular=self.titular,
        )


def _leer(
    id: Annotated[UUID, Form()],
    cuenta: Annotated[int, Form(ge=1, lt=2**63)],
    monto: Annotated[str, Form(max_length=40)] = "",
    banco: Annotated[str, Form(max_length=12)] = "",
    numero_cuenta: Annotated[str, Form(max_length=40)] = "",
    titular: Annotated[str, Form(max_length=100)] = "",
) -> Pedido:
    return Pedido(id, cuenta, monto, banco, numero_cuenta, titular)


Formulario = Annotated[Pedido, Depends(_leer)]


@router.post("/billetera/retirar")
def revisar(request: Request, sesion: Sesion, actor: ActorRequerido, pedido: Formulario) -> Response:
    """The last look before the money is held: where it goes and what it costs."""
    return _confirmar(request, sesion, actor, pedido, {})


def _confirmar(
    request: Request,
    sesion: Session,
    actor: Actor,
    pedido: Pedido,
    errores: dict[str, str],
    estado: int = 200,
) -> Response:
    try:
        por_pedir = retiros.revisar(sesion, actor, pedido.datos)
    except ErrorDominio as error:
        return _rechazado(request, sesion, actor, pedido, error)
    cuenta = next(c for c in cuentas_de(sesion, actor) if c.id == pedido.cuenta)
    return pagina(
        request,
        "pagos/retiros/retirar_confirmar.html",
        estado=estado,
        pedido=por_pedir,
        cuenta=cuenta,
        alcanza=cuenta.cuenta.disponible >= por_pedir.total,
        banco=retiros.bancos(sesion)[por_pedir.datos.banco],
        id=pedido.id,
        ocultos=pedido.valores,
        errores=errores,
    )


def _rechazado(
    request: Request, sesion: Session, actor: Actor, pedido: Pedido, error: ErrorDominio
) -> Response:
    if error.estado in (403, 404, 503):
        raise error
    errores = error.campos or {"monto": error.detalle}
    return _formulario(request, sesion, actor, pedido.id, pedido.valores, errores, error.estado)


@router.post("/billetera/retirar/confirmar")
def pedir(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    pedido: Formulario,
    comision: Annotated[str, Form(max_length=40)],
) -> Response:
    """Ask for it. The form carries the commission that the person saw."""
    try:
        retiros.pedir(sesion, actor, pedido.id, pedido.datos, comision_vista=leer_monto(comision))
    except ComisionDistinta as error:
        sesion.rollback()
        return _confirmar(request, sesion, actor, pedido, {"general": error.detalle}, error.estado)
    except ErrorDominio as error:
        sesion.rollback()
        return _rechazado(request, sesion, actor, pedido, error)
    return redirigir("/billetera/retirar", _("Pidió el retiro. El dinero queda reservado hasta que llegue."))


@router.post("/billetera/retirar/{retiro_id}/cancelar")
def cancelar(retiro_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    retiros.cancelar(sesion, actor, retiro_id)
    return redirigir("/billetera/retirar", _("Canceló el retiro: el dinero está otra vez disponible."))


# --- The operator -------------------------------------------------------------------------------------------


@router.get("/regulador/retiros")
def supervisar(request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    return _supervisar(request, sesion, actor, {})


def _supervisar(
    request: Request, sesion: Session, actor: Actor, errores: dict[str, str], estado: int = 200
) -> Response:
    exigir_regulador(sesion, actor)
    return pagina(
        request,
        "pagos/retiros/regulador_retiros.html",
        estado=estado,
        pedidos=retiros.abiertos(sesion, EstadoRetiro.PEDIDO),
        en_banco=retiros.abiertos(sesion, EstadoRetiro.EN_LOTE),
        lotes=retiros.lotes(sesion),
        extractos=retiros.extractos(sesion),
        errores=errores,
    )


@router.post("/regulador/retiros/lotes")
def exportar(sesion: Sesion, actor: ActorRequerido) -> Response:
    lote = retiros.exportar_lote(sesion, actor)
    texto = ngettext(
        "Lote de un retiro por %(total)s: descárguelo y envíelo al banco.",
        "Lote de %(n)s retiros por %(total)s: descárguelo y envíelo al banco.",
        lote.cantidad,
    )
    datos = {"n": lote.cantidad, "total": formato_bs(lote.total)}
    return redirigir("/regulador/retiros", texto % datos)


@router.get("/regulador/retiros/lotes/{lote_id}.xml")
def descargar(lote_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    """The pain.001 file of a batch, the same bytes every time."""
    lote = retiros.ver_lote(sesion, actor, lote_id)
    cabeceras = {"Content-Disposition": f'attachment; filename="pain001-{lote.id}.xml"'}
    return Response(lote.contenido, media_type="application/xml", headers=cabeceras)


@router.post("/regulador/retiros/extractos")
def conciliar(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    archivo: Annotated[UploadFile | None, File()] = None,
) -> Response:
    contenido = archivo.file.read(BYTES_MAXIMOS + 1) if archivo is not None else b""
    nombre = (archivo.filename or "") if archivo is not None else ""
    try:
        extracto = retiros.conciliar(sesion, actor, nombre=nombre, contenido=contenido)
    except DatosInvalidos as error:
        return _supervisar(request, sesion, actor, error.campos or {"archivo": error.detalle}, error.estado)
    return redirigir(f"/regulador/retiros/extractos/{extracto.id}")


@router.get("/regulador/retiros/extractos/{extracto_id}")
def ver_extracto(request: Request, extracto_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    extracto, lineas = retiros.ver_extracto(sesion, actor, extracto_id)
    explicadas = [(linea, *retiros.EXPLICACIONES[linea.resultado]) for linea in lineas]
    return pagina(
        request,
        "pagos/retiros/extracto.html",
        extracto=extracto,
        lineas=explicadas,
        conciliadas=sum(tono in ("bien", "neutro") for _linea, _explicacion, tono in explicadas),
    )


@router.post("/regulador/retiros/{retiro_id}/resolver")
def resolver(
    request: Request,
    retiro_id: UUID,
    sesion: Sesion,
    actor: ActorRequerido,
    pagado: Annotated[str, Form(max_length=5)] = "",
    motivo: Annotated[str, Form(max_length=400)] = "",
) -> Response:
    """What the bank answered by another way."""
    try:
        retiros.resolver(sesion, actor, retiro_id, pagado=bool(pagado), motivo=motivo)
    except DatosInvalidos as error:
        return _supervisar(request, sesion, actor, error.campos or {}, error.estado)
    return redirigir("/regulador/retiros", _("Anotado."))
