"""Whether a call takes bids now: judged under its lock, by the database's clock."""

from datetime import datetime

from sqlmodel import Session

from feria_inversa.ofertas.errores import OfertaTardia
from feria_inversa.procesos import Estado, como_esta, nombre_estado
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _


def exigir_a_tiempo(sesion: Session, convocatoria: Convocatoria) -> datetime:
    """The instant of this act, before the deadline; read after the locks, so no wait hides lateness."""
    instante = ahora_bd(sesion)
    if convocatoria.estado == Estado.SUSPENDIDO:
        raise OfertaTardia(_("La convocatoria está suspendida: espere a que se reanude."))
    if convocatoria.estado != Estado.PUBLICADO:
        raise OfertaTardia(
            _("La convocatoria está «{}» y ya no recibe cambios.").format(
                nombre_estado(como_esta(convocatoria)).lower()
            )
        )
    assert convocatoria.vence_en is not None
    if instante >= convocatoria.vence_en:
        raise OfertaTardia(_("El plazo terminó y nada de lo que envió quedó registrado."))
    return instante
