"""Row locks of operators: one agency at a time; then the mandate that an assignment leans on."""

from uuid import UUID

from sqlmodel import Session

from envios.operadores.errores import AgenciaNoEncontrada
from envios.operadores.modelos import FilaDeAgencia


def bloquear_agencia(sesion: Session, agencia_id: UUID) -> FilaDeAgencia:
    """The agency as it is now, locked until the transaction ends. Raises `AgenciaNoEncontrada`."""
    fila = sesion.get(FilaDeAgencia, agencia_id, with_for_update={"key_share": True}, populate_existing=True)
    if fila is None:
        raise AgenciaNoEncontrada()
    return fila
