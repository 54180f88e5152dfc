"""A plan with two lines, of a year that runs, each act in its own transaction as requests do."""

from datetime import datetime
from typing import Any
from uuid import UUID

from feria_inversa.plan.consultas import lineas_de, pagina_de_versiones
from feria_inversa.plan.esquemas import Cambio, LineaEntrada
from feria_inversa.plan.modelos import Linea, VersionDePlan
from feria_inversa.plan.planificar import cambiar, crear, publicar_plan
from feria_inversa.plan.verificar import verificar_planes
from nucleo.bd import transaccion
from nucleo.paginacion import CursorPedido
from nucleo.reloj import ZONA
from tests.feria_inversa.conftest import Feria

EN_MARZO = datetime(2028, 3, 6, 10, tzinfo=ZONA)
MOTIVO = "Se inscribió presupuesto adicional."


def entrada(**mas: Any) -> LineaEntrada:
    dicha = {
        "objeto": "Pupitres para la unidad educativa",
        "mes": 5,
        "monto": {"monto": "18000.00", "moneda": "BOB"},
        "partida": "43700",
        "fuente": "41",
        "organismo": "113",
        "familia": "5612",
    }
    return LineaEntrada.model_validate(dicha | mas)


OBRA = entrada(
    objeto="Refacción del mercado central",
    categoria="obras",
    modalidad="ANPP",
    mes=8,
    monto={"monto": "640000.00", "moneda": "BOB"},
    partida="42310",
    familia=None,
)


def borrador(feria: Feria, gestion: int = 2028, lineas: Any = None) -> UUID:
    with transaccion() as sesion:
        lineas = [entrada(), OBRA] if lineas is None else lineas
        return crear(sesion, feria.entidad.actor, feria.entidad.id, gestion, lineas).id


def publicado(feria: Feria, gestion: int = 2028, lineas: Any = None) -> UUID:
    plan_id = borrador(feria, gestion, lineas)
    with transaccion() as sesion:
        publicar_plan(sesion, feria.entidad.actor, plan_id)
    return plan_id


def cambia(feria: Feria, plan_id: UUID, *cambios: Cambio, motivo: str | None = MOTIVO) -> int:
    with transaccion() as sesion:
        return cambiar(sesion, feria.entidad.actor, plan_id, cambios, motivo).version


def lineas(plan_id: UUID) -> list[Linea]:
    with transaccion() as sesion:
        return lineas_de(sesion, plan_id)


def versiones(plan_id: UUID) -> list[VersionDePlan]:
    with transaccion() as sesion:
        filas = pagina_de_versiones(sesion, plan_id, CursorPedido(None, 100))[0]
        assert all(fila.contenido for fila in filas)  # read before the session ends
        return filas


def cuadra() -> None:
    with transaccion() as sesion:
        assert verificar_planes(sesion) == []
