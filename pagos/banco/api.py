"""JSON API of the bank's files and of what waits for a decision."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Query, UploadFile

from ciudadania import ActorRequerido
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.paginacion import Cursor, Pagina
from pagos.banco import consultas
from pagos.banco.camt import BYTES_MAXIMOS
from pagos.banco.decidir import decidir
from pagos.banco.errores import ArchivoDeBancoInexistente, MovimientoInexistente
from pagos.banco.esquemas import (
    ArchivoDeBancoVista,
    EstadoDeMovimiento,
    LineaDeArchivoVista,
    MovimientoDeBancoVista,
    NuevaDecision,
)
from pagos.banco.estados import EstadoMovimiento
from pagos.banco.modelos import ArchivoDeBanco, MovimientoDeBanco
from pagos.banco.presentar import presentar_archivos, presentar_movimientos
from pagos.banco.recibir import recibir
from pagos.libro import exigir_supervisor

router = APIRouter(prefix="/api/v1/banco", tags=["conciliación con bancos"], route_class=RutaIdempotente)


@router.post("/archivos", status_code=201, responses=respuestas(413))
def subir_archivo_de_banco(
    archivo: Annotated[UploadFile, File(description="camt.053 o camt.054, versiones 02 a 13; hasta 10 MB.")],
    sesion: Sesion,
    actor: ActorRequerido,
    _: Idempotente,
) -> ArchivoDeBancoVista:
    """Concilia los retiros con lo que dice el banco. Lo que otro archivo ya contó no cambia nada."""
    contenido = archivo.file.read(BYTES_MAXIMOS + 1)
    fila = recibir(sesion, actor, nombre=archivo.filename or "", contenido=contenido)
    return presentar_archivos(sesion, [fila])[0]


@router.get("/archivos", responses=respuestas())
def listar_archivos_de_banco(
    sesion: Sesion, actor: ActorRequerido, pagina: Cursor
) -> Pagina[ArchivoDeBancoVista]:
    """Los archivos recibidos, los nuevos primero."""
    exigir_supervisor(sesion, actor)
    filas, siguiente = consultas.archivos(sesion, pagina)
    return Pagina(datos=presentar_archivos(sesion, filas), siguiente=siguiente)


@router.get("/archivos/{archivo_id}/lineas", responses=respuestas(404))
def listar_lineas_de_banco(
    archivo_id: UUID, sesion: Sesion, actor: ActorRequerido, pagina: Cursor
) -> Pagina[LineaDeArchivoVista]:
    """Las líneas de un archivo, en su orden, con lo que se hizo de cada una."""
    exigir_supervisor(sesion, actor)
    if sesion.get(ArchivoDeBanco, archivo_id) is None:
        raise ArchivoDeBancoInexistente()
    filas, siguiente = consultas.lineas_de(sesion, archivo_id, pagina)
    vistas = presentar_movimientos(sesion, [m for _linea, m in filas])
    datos = [
        LineaDeArchivoVista(numero=linea.numero, nueva=linea.nueva, movimiento=vista)
        for (linea, _m), vista in zip(filas, vistas, strict=True)
    ]
    return Pagina(datos=datos, siguiente=siguiente)


@router.get("/movimientos", responses=respuestas())
def listar_movimientos_de_banco(
    sesion: Sesion,
    actor: ActorRequerido,
    pagina: Cursor,
    estado: Annotated[EstadoDeMovimiento | None, Query(description="«pendiente»: lo que espera.")] = None,
) -> Pagina[MovimientoDeBancoVista]:
    """Lo que movió el banco. Lo pendiente, lo más antiguo primero; lo demás, lo más nuevo."""
    exigir_supervisor(sesion, actor)
    filas, siguiente = consultas.movimientos(sesion, pagina, EstadoMovimiento(estado) if estado else None)
    return Pagina(datos=presentar_movimientos(sesion, filas), siguiente=siguiente)


@router.get("/movimientos/{movimiento_id}", responses=respuestas(404))
def ver_movimiento_de_banco(
    movimiento_id: UUID, sesion: Sesion, actor: ActorRequerido
) -> MovimientoDeBancoVista:
    exigir_supervisor(sesion, actor)
    fila = sesion.get(MovimientoDeBanco, movimiento_id)
    if fila is None:
        raise MovimientoInexistente()
    return presentar_movimientos(sesion, [fila])[0]


@router.post("/movimientos/{movimiento_id}/decision", responses=respuestas(404, 409, 503))
def decidir_movimiento_de_banco(
    movimiento_id: UUID, pedido: NuevaDecision, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> MovimientoDeBancoVista:
    """Dice qué es un movimiento que ninguna regla supo decir. Queda con su motivo y no cambia."""
    fila = decidir(sesion, actor, movimiento_id, pedido.accion, motivo=pedido.motivo, retiro_id=pedido.retiro)
    return presentar_movimientos(sesion, [fila])[0]
