"""How what is said and decided in a claim is written down."""

from moneyed import Money
from sqlalchemy import func
from sqlmodel import Session, col, select

from comercio.compra.modelos import Pedido
from comercio.reclamos.estados import Lado
from comercio.reclamos.modelos import PasoDeReclamo, Reclamo
from nucleo.actor import Actor, Autorizacion
from nucleo.archivos import Recibido, guardar_prueba
from nucleo.auditoria import auditar
from nucleo.reloj import ahora_bd

SISTEMA = Autorizacion.propia(Actor.sistema("plazo de reclamos"))


def anotar(
    sesion: Session,
    reclamo: Reclamo,
    lado: Lado,
    texto: str,
    autorizacion: Autorizacion,
    monto: Money | None = None,
    prueba: Recibido | None = None,
) -> None:
    """The next step of a claim, locked. Raises `ImagenInvalida`, `DocumentoInvalido` of `prueba`."""
    cuantos = select(func.count()).where(col(PasoDeReclamo.reclamo_id) == reclamo.id)
    sesion.add(
        PasoDeReclamo(
            reclamo_id=reclamo.id,
            numero=sesion.exec(cuantos).one() + 1,
            lado=lado,
            texto=texto[:1000],
            monto=monto,
            archivo_id=guardar_prueba(sesion, prueba, duenio=reclamo.id) if prueba else None,
            actor=autorizacion.actor.nombre[:200],
            ocurrio_en=ahora_bd(sesion),
        )
    )
    sesion.flush()
    auditar(sesion, autorizacion, f"reclamo_de_compra.{lado}", "comercio_reclamo", reclamo.id, {})


def datos_de(pedido: Pedido) -> dict[str, str]:
    """What its events carry."""
    return {"pedido_id": str(pedido.id), "numero": pedido.numero}
