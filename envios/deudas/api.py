"""JSON routes of what an operator owes."""

from uuid import UUID

from fastapi import APIRouter

from empresa_digital.registro import CON_LO_SUYO, Facultad, exigir_facultad
from envios.deudas.consultas import deudas_de
from envios.deudas.esquemas import CierreDeRonda, DeudaLeida, RondaLeida
from envios.deudas.estados import EstadoDeuda
from envios.deudas.modelos import Deuda
from envios.deudas.pagar import cerrar_ronda
from envios.deudas.valores import DeudaDeOperador
from envios.items import ActorDePagos
from nucleo.bd import Sesion
from nucleo.dinero import cero
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.paginacion import Cursor, Pagina, paginar

router = APIRouter(
    prefix="/api/v1/operadores-postales/{unidad_id}", tags=["envíos"], route_class=RutaIdempotente
)


@router.get("/deudas", responses=respuestas())
def listar_deudas(
    sesion: Sesion, actor: ActorDePagos, unidad_id: UUID, cursor: Cursor, estado: EstadoDeuda | None = None
) -> Pagina[DeudaLeida]:
    """Lo que el operador debe y debió, lo último primero: para quien paga por él."""
    exigir_facultad(sesion, actor, unidad_id, Facultad.PAGAR, estados=CON_LO_SUYO, con_otros=True)
    columnas = (Deuda.nace_en, Deuda.id)
    filas, siguiente = paginar(sesion, deudas_de(unidad_id, estado=estado), cursor, columnas=columnas)
    return Pagina(datos=[DeudaLeida.de(DeudaDeOperador.de(d)) for d in filas], siguiente=siguiente)


@router.post("/rondas", responses=respuestas(409, 503))
def cerrar(
    sesion: Sesion, actor: ActorDePagos, unidad_id: UUID, cierre: CierreDeRonda, _: Idempotente
) -> RondaLeida:
    """Cierra la ronda: paga lo cobrado contra entrega, de la cuenta del operador a la de cada acreedor, todo
    o nada. El efectivo se ingresa antes a la cuenta, como cualquier dinero."""
    pagadas = cerrar_ronda(sesion, actor, unidad_id, cierre.deudas, total=cierre.total)
    return RondaLeida(
        pagadas=[DeudaLeida.de(d) for d in pagadas], total=sum((d.monto for d in pagadas), cero())
    )
