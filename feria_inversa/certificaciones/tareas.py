"""The sweeps of the certificates: a budget ends with its year, and its entity is told before."""

from sqlmodel import col, func, select

from feria_inversa.certificaciones.cierre import AVISO, avisar_cierre
from feria_inversa.certificaciones.estados import EstadoCertificacion
from feria_inversa.certificaciones.modelos import Certificacion
from feria_inversa.certificaciones.registrar import terminar_con_su_gestion
from nucleo.tareas import cada_uno, pendientes, periodica


@periodica("feria.terminar_certificaciones", cada=300)
def terminar_certificaciones() -> int:
    """Certificates whose year ended, each in its own transaction; how many."""
    terminadas = (
        select(Certificacion.id)
        .where(
            Certificacion.estado == EstadoCertificacion.VIGENTE,
            col(Certificacion.vence_en) <= func.nucleo_ahora(),
        )
        .order_by(col(Certificacion.vence_en), col(Certificacion.id))
    )
    return cada_uno(pendientes(terminadas), terminar_con_su_gestion)


@periodica("feria.avisar_cierre_de_gestion", cada=3600)
def avisar_cierres() -> int:
    """Certificates whose year ends within the month and whose entity was not told; how many."""
    por_cerrar = (
        select(Certificacion.id)
        .where(
            Certificacion.estado == EstadoCertificacion.VIGENTE,
            col(Certificacion.vence_en) > func.nucleo_ahora(),
            col(Certificacion.vence_en) <= func.nucleo_ahora() + AVISO,
            col(Certificacion.cierre_avisado_en).is_(None),
        )
        .order_by(col(Certificacion.vence_en), col(Certificacion.id))
    )
    return cada_uno(pendientes(por_cerrar), avisar_cierre)
