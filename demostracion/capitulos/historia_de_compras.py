"""What the State bought before: a month of SICOES, as plain facts.

March 2024, 9.197 calls as SICOES published them (https://www.sicoes.gob.bo), collected by sociedatos
(bo-convocatorias_publicas); who attends each was taken out. Downloaded day by day: what it says is of
those days.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from sqlmodel import Session

from demostracion.relato import Epoca, Paso, a_las, capitulo
from feria_inversa.importar import Origen, importar
from nucleo.actor import Actor

ARCHIVO = Path(__file__).parents[1] / "datos" / "convocatorias-202403.csv.xz"
FUENTE = "SICOES, recogido por sociedatos"
VISTO_EN = date(2024, 4, 1)


@capitulo("feria_inversa.historia")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    yield Paso(a_las(epoca.desde + timedelta(days=1), 4), "un mes", _traer)


def _traer(_sesion: Session) -> None:
    """In transactions of its own: told half way, it goes on where it was."""
    quien = Actor.sistema("quien opera la plataforma")
    importar(Origen.de_ruta(ARCHIVO), quien, fuente=FUENTE, visto_en=VISTO_EN)
