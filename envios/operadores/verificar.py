"""`qhatu verify`: who works in an agency does so by a mandate of its operator, given to that person."""

from sqlmodel import Session, col, select

from empresa_digital.registro import Facultad, mandatos_con
from envios.operadores.modelos import FilaDeAgencia, FilaDeTrabajo
from nucleo.verificar import comprueba


@comprueba("operadores")
def gente_de_agencias(sesion: Session) -> list[str]:
    consulta = (
        select(FilaDeTrabajo, FilaDeAgencia.operador_unidad_id)
        .join(FilaDeAgencia, col(FilaDeAgencia.id) == col(FilaDeTrabajo.agencia_id))
        .where(col(FilaDeTrabajo.retirada_en).is_(None))
        .order_by(col(FilaDeTrabajo.id))
    )
    filas = sesion.exec(consulta).all()
    valen = mandatos_con(sesion, {f.mandato_id for f, _operador in filas}, Facultad.DESPACHAR)
    return [
        f"agencias: la asignación {f.id} no es de un mandato de su operador para esa persona"
        for f, operador in filas
        if (m := valen.get(f.mandato_id)) is not None
        and (m.unidad_id, m.persona_id) != (operador, f.persona_id)
    ]
