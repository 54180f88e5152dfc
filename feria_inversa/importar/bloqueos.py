"""Row locks of files of history."""

from sqlmodel import Session

from feria_inversa.importar.errores import HistoriaInexistente
from feria_inversa.importar.modelos import Archivo


def bloquear_archivo(sesion: Session, archivo_id: int) -> Archivo:
    """The file, locked and fresh. Raises `HistoriaInexistente`."""
    archivo = sesion.get(Archivo, archivo_id, with_for_update={"key_share": True}, populate_existing=True)
    if archivo is None:
        raise HistoriaInexistente()
    return archivo
