"""JSON route of the simulator: it exists in demonstration mode only."""

from typing import TYPE_CHECKING, Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from envios.items import ActorDeEnvios, EnvioLeido, Vista, envio_visible, leer_envio, partes_de
from envios.simulador.historias import HISTORIAS
from envios.simulador.simulador import avanzar_demo
from nucleo.bd import Sesion
from nucleo.configuracion import ajustes
from nucleo.errores import DatosInvalidos, NoEncontrado, Prohibido, respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.lectores import Entrada
from nucleo.textos import gettext as _

router = APIRouter(prefix="/api/v1", tags=["envíos"], route_class=RutaIdempotente)

if TYPE_CHECKING:
    Nombre = str
else:
    Nombre = Literal[tuple(HISTORIAS)]


class HistoriaPorSimular(Entrada):
    historia: Nombre = Field(
        description="«agencia»: se retira. «segundo_intento»: se entrega a la segunda. «perdida»: deja de "
        "haber noticias. «devolucion»: vuelve a quien envió. «traspaso»: lo termina otro operador. "
        "«sin_red»: un lote tardío, desordenado y repetido. «corregida»: su último suceso fue un error."
    )
    hasta: str = Field(
        "fin",
        pattern=r"^(fin|[A-Z0-9]{2,10})$",
        description="Código del primer suceso en que se detiene, o «fin».",
    )
    otro_operador_id: UUID | None = Field(None, description="Quién lo recibe, en «traspaso».")


@router.post("/simulador-de-envios/{envio_id}", responses=respuestas(404, 409))
def simular_un_envio(
    sesion: Sesion, actor: ActorDeEnvios, envio_id: UUID, cuerpo: HistoriaPorSimular, _clave: Idempotente
) -> EnvioLeido:
    """Lleva un envío suyo por una historia, para probar una integración. No existe en producción.

    Repetirlo no cambia nada; con otra historia sigue desde donde quedó.
    """
    if not ajustes().es_demostracion:
        raise NoEncontrado(_("El simulador solo existe en la demostración."))
    envio, vista = envio_visible(sesion, actor, envio_id)
    if vista is Vista.DESTINATARIO:
        raise Prohibido(_("Lo lleva por una historia quien lo envía o su operador."))
    try:
        HISTORIAS[cuerpo.historia].hasta(cuerpo.hasta)
    except ValueError:
        detalle = _("Esa historia no pasa por %(codigo)s.") % {"codigo": cuerpo.hasta}
        raise DatosInvalidos(detalle, campos={"hasta": detalle}) from None
    avanzar_demo(
        sesion,
        envio_id,
        cuerpo.hasta,
        historia=cuerpo.historia,
        otro_operador_id=cuerpo.otro_operador_id,
    )
    return leer_envio(envio, vista, partes_de(sesion, [envio]))
