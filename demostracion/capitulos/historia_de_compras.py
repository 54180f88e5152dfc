"""What the State bought before: a month of SICOES and some of its processes of 2020 to 2022, as plain facts.

March 2024, 9.197 calls as SICOES published them (https://www.sicoes.gob.bo), collected by sociedatos
(bo-convocatorias_publicas); who attends each was taken out. Downloaded day by day: what it says is of
those days.

Of 2020 to 2022, with what each asked for and at which prices, collected by lab-tecnosocial: the processes of
two municipalities, and those that ask for some things that many ask for (gloves, masks, uniforms). Instead of
names, suppliers have keys.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from sqlmodel import Session

from demostracion.relato import Epoca, Paso, a_las, capitulo
from feria_inversa.importar import Origen, importar
from nucleo.actor import Actor

DATOS = Path(__file__).parents[1] / "datos"
DE_ANTES = "SICOES, recogido por lab-tecnosocial"
TRAIDOS = (
    ("un mes", "convocatorias-202403.csv.xz", "SICOES, recogido por sociedatos", date(2024, 4, 1)),
    ("procesos", "procesos-2020-2022.csv.xz", DE_ANTES, date(2022, 12, 31)),
    ("ítems", "items-2020-2022.csv.xz", DE_ANTES, date(2022, 12, 31)),
    (
        "adjudicados",
        "adjudicados-2020-2022.csv.xz",
        "SICOES, recogido por lab-tecnosocial",
        date(2022, 12, 31),
    ),
)


@capitulo("feria_inversa.historia")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    for minuto, (nombre, archivo, fuente, visto_en) in enumerate(TRAIDOS):
        cuando = a_las(epoca.desde + timedelta(days=1), 4) + timedelta(minutes=minuto)
        yield Paso(cuando, nombre, _traer(archivo, fuente, visto_en))


def _traer(archivo: str, fuente: str, visto_en: date) -> Callable[[Session], None]:
    """In transactions of its own: told half way, it goes on where it was."""

    def traer(_sesion: Session) -> None:
        quien = Actor.sistema("quien opera la plataforma")
        importar(Origen.de_ruta(DATOS / archivo), quien, fuente=fuente, visto_en=visto_en)

    return traer
