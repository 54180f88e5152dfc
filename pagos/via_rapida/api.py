"""JSON API of payments: accounts, statements, transfers."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response, Security
from fastapi.concurrency import run_in_threadpool
from pydantic import Field
from sqlmodel import Session

from ciudadania import ActorRequerido, actor_requerido
from nucleo.actor import Actor, Autorizacion
from nucleo.bd import Sesion
from nucleo.errores import Prohibido, respuestas
from nucleo.lectores import Entero
from nucleo.paginacion import Cursor, Pagina
from nucleo.textos import gettext as _
from pagos.billetera import buscar_destinatario
from pagos.libro import (
    Codigo,
    CuentaInexistente,
    CuentasVista,
    CuentaVista,
    DestinatarioVista,
    LoteVista,
    MovimientoVista,
    NuevaTransferencia,
    NuevoLote,
    Resultado,
    TipoTitular,
    TransferenciaVista,
    billetera_de,
    codigo_de,
    cuentas_de,
    exigir_cuenta,
    exigir_transferencia,
    explicar,
    movimientos,
    nombres_de_cuentas,
    obtener_cuenta,
    puede_ver,
    transferencia_por_id,
)
from pagos.notas import Nota, anotar, nota_de, notas_de
from pagos.via_rapida.carril import vista
from pagos.via_rapida.escritor import escritor
from pagos.via_rapida.lotes import aplicar_lote, leer_lote, solicitud, turnos

router = APIRouter(prefix="/api/v1", tags=["pagos"])

# The body is read in a thread, so FastAPI does not see its model.
ESQUEMA_DE_LOTE = NuevoLote.model_json_schema(ref_template="#/components/schemas/{model}")
# Payments of a batch carry no note: theirs is nobody else's schema, so it goes inside.
ESQUEMA_DE_LOTE["properties"]["transferencias"]["items"] = ESQUEMA_DE_LOTE.pop("$defs")["NuevaTransferencia"]


class TransferenciaPorHacer(NuevaTransferencia):
    """A payment to make, and what it is for."""

    nota: Nota = Field(default="", description="Para qué es. Solo lo leen quien paga y quien recibe.")


ActorDePagos = Annotated[Actor, Security(actor_requerido, scopes=["pagos"])]
CuentaRuta = Annotated[Entero, Path(ge=1, lt=2**63)]


@router.get("/cuentas", responses=respuestas())
def listar_cuentas(sesion: Sesion, actor: ActorDePagos) -> CuentasVista:
    """Your wallet and the accounts of the units you may pay for."""
    return CuentasVista(datos=[CuentaVista.de(c.cuenta, c.nombre) for c in cuentas_de(sesion, actor)])


@router.get("/cuentas/{cuenta_id}", responses=respuestas(404))
def ver_cuenta(cuenta_id: CuentaRuta, sesion: Sesion, actor: ActorDePagos) -> CuentaVista:
    cuenta = obtener_cuenta(sesion, cuenta_id)
    exigir_cuenta(sesion, actor, cuenta)
    return CuentaVista.de(cuenta, nombres_de_cuentas(sesion, {cuenta_id})[cuenta_id])


@router.get("/cuentas/{cuenta_id}/movimientos", responses=respuestas(404))
def listar_movimientos(
    cuenta_id: CuentaRuta, sesion: Sesion, actor: ActorDePagos, pagina: Cursor
) -> Pagina[MovimientoVista]:
    """The statement, newest first, with the balance after each movement."""
    exigir_cuenta(sesion, actor, obtener_cuenta(sesion, cuenta_id))
    lista, siguiente = movimientos(sesion, cuenta_id, limite=pagina.limite, cursor=pagina.cursor)
    nombres = nombres_de_cuentas(sesion, {m.contraparte for m in lista})
    notas = notas_de(sesion, [m.id for m in lista])
    datos = [MovimientoVista.de(m, nombres.get(m.contraparte, ""), notas.get(m.id)) for m in lista]
    return Pagina(datos=datos, siguiente=siguiente)


@router.get("/destinatarios", responses=respuestas(404))
def ver_destinatario(
    sesion: Sesion,
    actor: ActorRequerido,
    buscar: Annotated[str, Query(min_length=4, max_length=20, description="Carnet, celular o alias.")],
    nombre: Annotated[
        str, Query(max_length=200, description="Cómo se llama la persona, para comprobarlo.")
    ] = "",
) -> DestinatarioVista:
    """Si un carnet, celular o alias es de quien usted cree, y la cuenta para pagarle.

    El nombre del titular se muestra solo a quien lo escribió. Cada consulta gasta de un cupo por persona que
    se repone con el tiempo: un número de nadie cuesta diez veces más que un acierto, y un nombre que no es,
    cinco.
    """
    hallado = buscar_destinatario(sesion, actor, buscar, nombre)
    return DestinatarioVista(
        coincidencia=hallado.coincidencia.value,
        nombre=hallado.nombre,
        documento=hallado.documento,
        cuenta=billetera_de(sesion, hallado.persona_id).id,
    )


@router.post(
    "/transferencias",
    status_code=201,
    response_model=TransferenciaVista,
    responses=respuestas(404, 409, 503)
    | {200: {"model": TransferenciaVista, "description": "Ya estaba hecha"}},
)
async def crear_transferencia(pedido: TransferenciaPorHacer, sesion: Sesion, actor: ActorDePagos) -> Response:
    """Pay from one of your accounts. The `id` is the idempotency key, kept for ever: 201 the first time, 200
    when the same payment was already made, 422 when the id was used for another payment, or with another
    `nota`."""
    codigo, autorizacion = await run_in_threadpool(_autorizar, sesion, actor, pedido)
    if pedido.nota:  # in one transaction with it, which a group of strangers' payments is not
        resultado = await run_in_threadpool(_pagar_con_nota, sesion, pedido, codigo, autorizacion)
        return vista(pedido, codigo, resultado, await run_in_threadpool(nota_de, sesion, pedido.id))
    resultado = await escritor().transferir(solicitud(pedido, codigo), autorizacion)
    if not resultado.hecha:
        raise await run_in_threadpool(explicar, sesion, resultado.codigo, autorizacion)
    await run_in_threadpool(anotar, sesion, resultado, None)
    return vista(pedido, codigo, resultado)


def _pagar_con_nota(
    sesion: Session, pedido: TransferenciaPorHacer, codigo: Codigo, autorizacion: Autorizacion
) -> Resultado:
    (resultado,) = exigir_transferencia(sesion, solicitud(pedido, codigo), autorizacion)
    anotar(sesion, resultado, pedido.nota)
    return resultado


def _autorizar(sesion: Session, actor: Actor, pedido: NuevaTransferencia) -> tuple[Codigo, Autorizacion]:
    """Why the money moves, and who may pay it from that account."""
    paga = obtener_cuenta(sesion, pedido.debito)
    autorizacion = exigir_cuenta(sesion, actor, paga, pedido.monto)
    recibe = obtener_cuenta(sesion, pedido.credito)
    return codigo_de(TipoTitular(paga.titular_tipo), TipoTitular(recibe.titular_tipo)), autorizacion


@router.post(
    "/lotes-de-transferencias",
    response_model=LoteVista,
    responses=respuestas(409, 413, 503),
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": ESQUEMA_DE_LOTE}},
        }
    },
)
async def crear_lote(request: Request, sesion: Sesion, actor: ActorDePagos) -> Response:
    """Up to 8.000 payments in one call, each with its own result, in their order. Each `id` is its
    idempotency key, as in `/transferencias`: repeating the whole batch makes nothing twice. With
    `modo: atomico` all are made or none, and a refusal says which ones caused it."""
    async with turnos.tomar():
        cuerpo = await request.body()
        vista_del_lote = await run_in_threadpool(_hacer_lote, sesion, actor, cuerpo)
    return Response(vista_del_lote, media_type="application/json")


def _hacer_lote(sesion: Session, actor: Actor, cuerpo: bytes) -> str:
    return aplicar_lote(sesion, actor, leer_lote(cuerpo)).model_dump_json()


@router.get("/transferencias/{transferencia_id}", responses=respuestas(404))
def ver_transferencia(transferencia_id: UUID, sesion: Sesion, actor: ActorDePagos) -> TransferenciaVista:
    """A transfer of one of your accounts."""
    transferencia = transferencia_por_id(sesion, transferencia_id)
    for cuenta_id in (transferencia.debito, transferencia.credito):
        try:
            cuenta = obtener_cuenta(sesion, cuenta_id)
        except CuentaInexistente:
            continue
        if puede_ver(sesion, actor, cuenta):
            return TransferenciaVista.de(transferencia, nota_de(sesion, transferencia_id))
    raise Prohibido(_("Solo quien paga y quien recibe pueden ver una transferencia."))
