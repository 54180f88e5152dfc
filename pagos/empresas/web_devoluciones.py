"""Pages of refunds, and of what a unit collected today."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.dinero import de_centavos, formato_bs, leer_monto
from nucleo.errores import ErrorDominio, Prohibido
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir
from pagos.accesos import cuentas_de, nombres_de_cuentas
from pagos.empresas import devoluciones
from pagos.empresas.devoluciones import CODIGOS
from pagos.tipos import NOMBRE_DE_CODIGO

router = APIRouter()


@router.get("/comprobantes/{transferencia_id}/devolver")
def formulario(request: Request, transferencia_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    return _formulario(request, sesion, actor, transferencia_id, nuevo_id(), {}, {})


def _formulario(
    request: Request,
    sesion: Session,
    actor: Actor,
    transferencia_id: UUID,
    id: UUID,
    valores: dict[str, str],
    errores: dict[str, str],
    estado: int = 200,
) -> Response:
    pago = devoluciones.pago_recibido(sesion, actor, transferencia_id)
    debito = pago.transferencia.debito
    return pagina(
        request,
        "pagos/empresas/devolver.html",
        estado=estado,
        pago=pago,
        pagador=nombres_de_cuentas(sesion, {debito}).get(debito, ""),
        hechas=devoluciones.devoluciones_de(sesion, transferencia_id),
        abierta=pago.saldo.amount > 0 and ahora_bd(sesion) <= pago.hasta,
        id=id,
        valores=valores,
        errores=errores,
    )


@router.post("/comprobantes/{transferencia_id}/devolver")
def devolver(
    request: Request,
    transferencia_id: UUID,
    sesion: Sesion,
    actor: ActorRequerido,
    id: Annotated[UUID, Form()],
    saldo: Annotated[str, Form(max_length=40)],
    monto: Annotated[str, Form(max_length=40)] = "",
    nota: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Give back. The form carries the balance that the person saw."""
    try:
        hecha = devoluciones.devolver(
            sesion,
            actor,
            id=id,
            transferencia_id=transferencia_id,
            monto=leer_monto(monto),
            saldo_visto=leer_monto(saldo),
            nota=nota,
        )
    except ErrorDominio as error:
        if error.estado in (403, 404, 503):
            raise
        sesion.rollback()
        errores = error.campos or {"monto": error.detalle}
        valores = {"monto": monto, "nota": nota}
        return _formulario(request, sesion, actor, transferencia_id, id, valores, errores, error.estado)
    texto = _("Devolvió %(monto)s.") % {"monto": formato_bs(hecha.monto)}
    return redirigir(f"/comprobantes/{transferencia_id}/devolver", texto)


@router.get("/billetera/cobros-del-dia")
def cobros_del_dia(
    request: Request, sesion: Sesion, actor: ActorRequerido, cuenta: int | None = None
) -> Response:
    """What entered the accounts of the actor's units since midnight in Bolivia."""
    cuentas = [c for c in cuentas_de(sesion, actor) if c.unidad_id is not None]
    elegida = next((c for c in cuentas if cuenta is None or c.id == cuenta), None)
    if elegida is None and cuenta is not None:
        raise Prohibido(_("Esa cuenta no es de una unidad por la que usted pueda pagar."))
    cuantos, suma, lista = devoluciones.cobros_del_dia(sesion, elegida.id) if elegida else (0, 0, [])
    return pagina(
        request,
        "pagos/empresas/cobros_del_dia.html",
        cuentas=cuentas,
        elegida=elegida,
        cuantos=cuantos,
        suma=de_centavos(suma),
        cobros=lista,
        nombres=nombres_de_cuentas(sesion, {c.pagador for c in lista}),
        motivos=NOMBRE_DE_CODIGO,
        devolvibles=CODIGOS,
    )
