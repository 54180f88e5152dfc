"""A file of history that the authority uploads: kept until a sweep has taken all of it in."""

from datetime import date

from sqlmodel import Session

from empresa_digital.registro import Habilitacion, Materia, exigir_competencia
from feria_inversa.importar.bloqueos import bloquear_archivo
from feria_inversa.importar.cargar import anotar_archivo
from feria_inversa.importar.estados import EstadoArchivo
from feria_inversa.importar.modelos import Archivo
from feria_inversa.importar.origen import descomprimido, examen_de
from nucleo.actor import Actor, Autorizacion
from nucleo.archivos import Recibido, guardar

BYTES_MAXIMOS = 32_000_000
DESCOMPRIMIDO_MAXIMO = 256_000_000
_TIPO = "application/octet-stream"


def exigir_autoridad(sesion: Session, actor: Actor) -> Autorizacion:
    """Of the authority that qualifies who contracts. Raises `SinFacultad`, `SinCompetencia`."""
    return exigir_competencia(sesion, actor, Materia.HABILITACION, clase=Habilitacion.ENTIDAD_CONTRATANTE)


def subir(
    sesion: Session,
    actor: Actor,
    recibido: Recibido,
    *,
    fuente: str | None = None,
    visto_en: date | None = None,
) -> tuple[Archivo, bool]:
    """Its row, and whether it is new. One that was begun and waits goes on; one that is in stays as it is.

    Raises `HistoriaIlegible`, `SinFacultad`, `SinCompetencia`.
    """
    autorizacion = exigir_autoridad(sesion, actor)
    examen = examen_de(descomprimido(recibido.abrir()), DESCOMPRIMIDO_MAXIMO)
    archivo, nuevo = anotar_archivo(sesion, autorizacion, recibido.nombre, examen, fuente, visto_en)
    assert archivo.id is not None
    archivo = bloquear_archivo(sesion, archivo.id)
    if archivo.estado == EstadoArchivo.EN_MARCHA and archivo.guardado_id is None:
        archivo.guardado_id = guardar(sesion, recibido.abrir(), _TIPO, duenio=archivo.clave)
        sesion.add(archivo)
        sesion.flush()
    return archivo, nuevo
