"""The annual plan of the demonstration's municipality: published, and changed once with its reason."""

from collections.abc import Iterator
from datetime import timedelta

from sqlmodel import Session

from demostracion.capitulos.registro import unidades_demo
from demostracion.elenco import actor
from demostracion.relato import Epoca, Paso, capitulo
from feria_inversa import CambioDePlan, LineaDePlan, cambiar_plan, crear_plan, publicar_plan
from nucleo.ids import id_demo
from nucleo.reloj import fecha_bolivia

ENTIDAD = "alcaldia"
PLAN = id_demo("plan:alcaldia")
# What, of which kind, the month, how much, the line of the budget, the family of UNSPSC.
LINEAS = (
    ("Desayuno escolar, primera entrega", "bienes", 2, "480000.00", "31120", "5019"),
    ("Mobiliario escolar para dos unidades educativas", "bienes", 4, "46500.00", "43700", "5612"),
    ("Refacción del mercado central", "obras", 5, "890000.00", "42310", "7210"),
    ("Material de escritorio para oficinas", "bienes", 6, "18000.00", "39500", "4412"),
    ("Servicio de limpieza de plazas y parques", "servicios", 7, "195000.00", "25400", "7611"),
    ("Frazadas y catres para el albergue municipal", "bienes", 8, "38500.00", "33100", "5212"),
    ("Estudio de diseño del sistema de riego", "consultoria", 9, "150000.00", "46200", "8110"),
    ("Uniformes para la guardia municipal", "bienes", 10, "49000.00", "33300", "5310"),
    ("Desayuno escolar, segunda entrega", "bienes", 11, "480000.00", "31120", "5019"),
)
SE_AMPLIA = ("Medicamentos para el centro de salud", "bienes", 11, "120000.00", "34200", "5110")


@capitulo("feria_inversa.planes")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    gestion = fecha_bolivia(epoca.hoy).year
    yield Paso(epoca.hoy - timedelta(days=25), "plan", lambda s: _publicar(s, gestion))
    yield Paso(epoca.hoy - timedelta(days=10), "cambio", _cambiar)


def _publicar(sesion: Session, gestion: int) -> None:
    demo = unidades_demo()[ENTIDAD]
    quien = actor(sesion, demo.persona)
    crear_plan(sesion, quien, demo.id, gestion, [_linea(*fila) for fila in LINEAS], PLAN)
    publicar_plan(sesion, quien, PLAN)


def _cambiar(sesion: Session) -> None:
    quien = actor(sesion, unidades_demo()[ENTIDAD].persona)
    motivo = "Se inscribió presupuesto adicional para el centro de salud."
    cambiar_plan(sesion, quien, PLAN, [CambioDePlan(linea=_linea(*SE_AMPLIA))], motivo)


def _linea(objeto: str, categoria: str, mes: int, monto: str, partida: str, familia: str) -> LineaDePlan:
    dicha = {
        "objeto": objeto,
        "categoria": categoria,
        "mes": mes,
        "monto": {"monto": monto, "moneda": "BOB"},
        "partida": partida,
        "fuente": "41",
        "organismo": "113",
        "familia": familia,
    }
    return LineaDePlan.model_validate(dicha)
