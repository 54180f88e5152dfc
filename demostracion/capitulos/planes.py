"""The annual plans of the demonstration's municipality: this year's, published and changed with its reasons,
from which needs are begun (`feria_inversa`); and a draft of the next one.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlmodel import Session

from demostracion.capitulos.registro import unidades_demo
from demostracion.elenco import actor
from demostracion.relato import Epoca, Paso, a_las, capitulo
from feria_inversa import CambioDePlan, LineaDePlan, cambiar_plan, crear_plan, publicar_plan
from nucleo.ids import id_demo
from nucleo.reloj import fecha_bolivia

ENTIDAD = "alcaldia"
PLAN = id_demo("plan:alcaldia")
SIGUIENTE = id_demo("plan:alcaldia:siguiente")
# What, of which kind, the month, how much, the line of the budget, the family of UNSPSC; how many, of what.
LINEAS = (
    ("Desayuno escolar, primera entrega", "bienes", 2, "480000.00", "31120", "5019", "240000 racion"),
    ("Mobiliario escolar para dos unidades educativas", "bienes", 4, "46500.00", "43700", "5612", "93 pieza"),
    ("Refacción del mercado central", "obras", 5, "890000.00", "42310", "7210", "1 obra"),
    ("Material de escritorio para oficinas", "bienes", 6, "18000.00", "39500", "4412", None),
    ("Servicio de limpieza de plazas y parques", "servicios", 7, "195000.00", "25400", "7611", "10 mes"),
    ("Frazadas y catres para el albergue municipal", "bienes", 8, "38500.00", "33100", "5212", "110 pieza"),
    ("Estudio de diseño del sistema de riego", "consultoria", 9, "150000.00", "46200", "8110", None),
    (
        "Uniformes de trabajo para el personal de aseo urbano",
        "bienes",
        10,
        "48000.00",
        "33300",
        "5310",
        "80 juego",
    ),
    ("Desayuno escolar, segunda entrega", "bienes", 11, "480000.00", "31120", "5019", "240000 racion"),
)
SE_AMPLIA = ("Medicamentos para el centro de salud", "bienes", 11, "120000.00", "34200", "5110", None)


SE_QUITA = 7
DEL_QUE_VIENE = LINEAS[:2]


@capitulo("feria_inversa.planes")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    gestion = fecha_bolivia(epoca.hoy).year
    # In its January, as plans are; of a year that has just begun, a while before it.
    publicado = min(a_las(date(gestion, 1, 15), 10), epoca.hoy - timedelta(days=25))
    yield Paso(max(publicado, epoca.inicio + timedelta(days=3)), "plan", lambda s: _publicar(s, gestion))
    yield Paso(epoca.hoy - timedelta(days=10), "cambio", _ampliar)
    yield Paso(epoca.hoy - timedelta(days=8), "retiro", _quitar)
    yield Paso(epoca.hoy - timedelta(days=6), "el que viene", lambda s: _preparar(s, gestion + 1))


def _publicar(sesion: Session, gestion: int) -> None:
    demo = unidades_demo()[ENTIDAD]
    quien = actor(sesion, demo.persona)
    crear_plan(sesion, quien, demo.id, gestion, [_linea(*fila) for fila in LINEAS], PLAN)
    publicar_plan(sesion, quien, PLAN)


def _preparar(sesion: Session, gestion: int) -> None:
    demo = unidades_demo()[ENTIDAD]
    lineas = [_linea(*fila) for fila in DEL_QUE_VIENE]
    crear_plan(sesion, actor(sesion, demo.persona), demo.id, gestion, lineas, SIGUIENTE)


def _ampliar(sesion: Session) -> None:
    motivo = "Se inscribió presupuesto adicional para el centro de salud."
    _cambiar(sesion, CambioDePlan(linea=_linea(*SE_AMPLIA)), motivo)


def _quitar(sesion: Session) -> None:
    motivo = "El estudio lo contrata la gobernación, por convenio."
    _cambiar(sesion, CambioDePlan(numero=SE_QUITA), motivo)


def _cambiar(sesion: Session, cambio: CambioDePlan, motivo: str) -> None:
    quien = actor(sesion, unidades_demo()[ENTIDAD].persona)
    cambiar_plan(sesion, quien, PLAN, [cambio], motivo)


def _linea(
    objeto: str,
    categoria: str,
    mes: int,
    monto: str,
    partida: str,
    familia: str,
    cuanto: str | None,
) -> LineaDePlan:
    cantidad, unidad_medida = cuanto.split() if cuanto else (None, None)
    dicha = {
        "objeto": objeto,
        "categoria": categoria,
        "mes": mes,
        "monto": {"monto": monto, "moneda": "BOB"},
        "partida": partida,
        "fuente": "41",
        "organismo": "113",
        "familia": familia,
        "cantidad": cantidad,
        "unidad_medida": unidad_medida,
    }
    return LineaDePlan.model_validate(dicha)
