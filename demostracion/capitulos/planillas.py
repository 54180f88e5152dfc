"""Batches of a municipality: salaries at each month's end, day labour, one refused and one taken back."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial

from babel.dates import format_date
from sqlmodel import Session

from demostracion.elenco import ETIQUETA, actor, id_de_unidad
from demostracion.personas import PERSONAS
from demostracion.relato import Epoca, Paso, a_las, capitulo
from nucleo.archivos import Recibido
from nucleo.ids import id_demo
from pagos import planillas

UNIDAD = "alcaldia"
PREPARA, APRUEBA = "alcaldia", "gobernacion"
Lineas = tuple[tuple[str, str, str, str], ...]
# document, name, amount, reason; the last amount is above what a person may receive: its line says why
JORNALES: Lineas = (
    ("9000006-1A", f"Celia Prueba {ETIQUETA}", "180,00", "Refrigerio del taller"),
    ("9000007", f"Mario Prueba {ETIQUETA}", "420,50", "Arreglo de bancas"),
    ("9000008", f"Quintina Prueba {ETIQUETA}", "2.150,00", "Desayuno escolar"),
)
BONOS: Lineas = (
    ("9000010", f"Paula Prueba {ETIQUETA}", "95,00", "Papelería de la feria"),
    ("9000009", f"Félix Prueba {ETIQUETA}", "310,00", "Ferretería de la feria"),
)
# who is paid each month, and how much in bolivianos
SUELDOS = {"ana": 980, "luis": 890, "correos": 760, "regulador": 1150, "gobernacion": 820, "alcaldia": 870}
TRABAJOS = ("Limpieza de canales", "Pintado de aulas", "Poda de la plaza", "Bacheo de la avenida")


@capitulo("pagos.planillas")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    meses = [dia for dia in epoca.dias() if dia.day == 24]
    for numero, dia in enumerate(meses):
        yield from _sueldos(dia)
        yield from _jornales(epoca, numero, dia - timedelta(days=12))
    hoy = epoca.hoy
    for dias, nombre, lineas, pagar in (
        (12.0, "Jornales de la semana", JORNALES, True),
        (0.7, "Compras de la feria", BONOS, False),
    ):
        cuando = hoy - timedelta(days=dias)
        yield Paso(cuando, nombre, partial(_preparar, nombre=nombre, lineas=lineas))
        if pagar:
            yield Paso(cuando + timedelta(days=1), f"{nombre}: pago", partial(_aprobar, nombre=nombre))


def _sueldos(dia: date) -> Iterator[Paso]:
    """Prepared on the 24th, paid on the last working day but one."""
    paga = (dia.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    while paga.weekday() > 4:
        paga -= timedelta(days=1)
    nombre = f"Sueldos de {_mes(dia)}"
    # December comes with the bonus.
    factor = 2 if dia.month == 12 else 1
    lineas = tuple(_linea(clave, factor * monto, "Sueldo del mes") for clave, monto in SUELDOS.items())
    yield Paso(a_las(dia, 16.3), nombre, partial(_preparar, nombre=nombre, lineas=lineas))
    yield Paso(a_las(paga, 10.1), f"{nombre}: pago", partial(_aprobar, nombre=nombre))


def _jornales(epoca: Epoca, numero: int, dia: date) -> Iterator[Paso]:
    """A work of the neighbourhood; of two, one was refused and one taken back by who had prepared it."""
    azar = epoca.azar(f"jornales {numero}")
    nombre = f"{azar.choice(TRABAJOS)}, {_mes(dia)}"
    quienes = azar.sample(("cafe", "madera", "quinua", "ferreteria", "papeleria", "luis"), 3)
    lineas = tuple(_linea(clave, azar.randrange(12, 46) * 10, "Jornales") for clave in quienes)
    yield Paso(a_las(dia, 11.4), nombre, partial(_preparar, nombre=nombre, lineas=lineas))
    finales: dict[int, tuple[str, Callable[..., None]]] = {
        3: ("rechazo", _rechazar),
        7: ("anulación", _anular),
    }
    como, hacer = finales.get(numero, ("pago", _aprobar))
    yield Paso(a_las(dia + timedelta(days=1), 9.7), f"{nombre}: {como}"[:40], partial(hacer, nombre=nombre))


def _mes(dia: date) -> str:
    return format_date(dia, "MMMM 'de' y", locale="es_BO")


def _linea(clave: str, bolivianos: int, glosa: str) -> tuple[str, str, str, str]:
    quien = PERSONAS[clave]
    documento = f"{quien.ci}-{quien.complemento}" if quien.complemento else quien.ci
    return documento, quien.nombre_completo, f"{bolivianos},00", glosa


def _preparar(sesion: Session, nombre: str, lineas: Lineas) -> None:
    archivo = "\n".join(["documento;nombre;monto;glosa", *(";".join(linea) for linea in lineas)])
    planillas.preparar(
        sesion,
        actor(sesion, PREPARA),
        id=id_demo(f"planilla:{nombre}"),
        unidad_id=id_de_unidad(UNIDAD),
        nombre=f"{nombre} {ETIQUETA}",
        recibido=Recibido.de_bytes(archivo.encode()),
    )
    planillas.presentar(sesion, actor(sesion, PREPARA), id_demo(f"planilla:{nombre}"))


def _aprobar(sesion: Session, nombre: str) -> None:
    planillas.aprobar(sesion, actor(sesion, APRUEBA), id_demo(f"planilla:{nombre}"))


def _rechazar(sesion: Session, nombre: str) -> None:
    motivo = "Faltan las firmas de los vecinos en el parte de trabajo."
    planillas.rechazar(sesion, actor(sesion, APRUEBA), id_demo(f"planilla:{nombre}"), motivo)


def _anular(sesion: Session, nombre: str) -> None:
    planillas.anular(sesion, actor(sesion, PREPARA), id_demo(f"planilla:{nombre}"))
