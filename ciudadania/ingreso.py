"""Sign in and out: attempts kept on the server, each bound to the browser that began it.

An attempt is a row found by its `state`; the browser proves itself with a short-lived cookie that all its
tabs share, so several tabs may sign in at once and nobody can finish an attempt of somebody else.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func
from sqlmodel import Session, col

from ciudadania.bloqueos import inicio_de_sesion
from ciudadania.buzon import es_ruta_propia
from ciudadania.errores import IngresoRechazado, InicioNoCoincide
from ciudadania.identidad import Identidad
from ciudadania.modelos import InicioSesion
from ciudadania.oidc import ClienteOidc, cliente_oidc
from ciudadania.personas import registrar_ingreso
from ciudadania.secretos import huella, nuevo_secreto
from ciudadania.sesiones import DURACION_MAX, abrir_sesion, cerrar_sesion
from nucleo.bd import transaccion
from nucleo.configuracion import ajustes
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

VIDA_INICIO = timedelta(minutes=15)
_VOLVER_MAX = 2000
_LARGO_MAX = 200


@dataclass(frozen=True, slots=True)
class Ingresado:
    """A finished sign-in: the new session's secret and where the person wanted to go."""

    secreto: str
    volver: str
    nombre: str


def destino_seguro(volver: str | None) -> str:
    """A path of this site to come back to, `/` for anything that could lead elsewhere (open redirect)."""
    if not volver or len(volver) > _VOLVER_MAX or "\\" in volver or not es_ruta_propia(volver):
        return "/"
    if volver.partition("?")[0].rstrip("/").startswith(("/ingresar", "/salir")):
        return "/"
    return volver


def retorno_de_ingreso() -> str:
    return f"{ajustes().url_publica}/ingresar/retorno"


def retorno_de_salida() -> str:
    return f"{ajustes().url_publica}/salir/retorno"


def comenzar(volver: str, navegador: str, max_age_s: int | None = None) -> str:
    """Note an attempt of this browser and return the provider's address for it.

    `max_age_s` asks for a sign-in that recent (step-up).
    """
    cliente = cliente_oidc()
    cliente.metadatos()  # may call the provider: before the transaction, not inside
    estado, nonce, verificador = nuevo_secreto(), nuevo_secreto(), nuevo_secreto()
    with transaccion() as sesion:
        instante = ahora_bd(sesion)
        sesion.add(
            InicioSesion(
                huella_estado=huella(estado),
                huella_navegador=huella(navegador),
                nonce=nonce,
                verificador=verificador,
                volver=destino_seguro(volver),
                max_age_s=max_age_s,
                creado_en=instante,
                vence_en=instante + VIDA_INICIO,
            )
        )
    return cliente.url_autorizacion(
        retorno=retorno_de_ingreso(),
        estado=estado,
        nonce=nonce,
        verificador=verificador,
        max_age_s=int(DURACION_MAX.total_seconds()) if max_age_s is None else max_age_s,
    )


def tomar_inicio(sesion: Session, estado: str, navegador: str) -> InicioSesion:
    """Take the attempt this browser began with this `state`, once; raises `InicioNoCoincide`."""
    fila = None
    if 0 < len(estado) <= _LARGO_MAX and navegador:
        fila = inicio_de_sesion(
            sesion,
            col(InicioSesion.huella_estado) == huella(estado),
            col(InicioSesion.huella_navegador) == huella(navegador),
            col(InicioSesion.vence_en) > func.nucleo_ahora(),
        )
    if fila is None:
        raise InicioNoCoincide(
            _("Este intento de ingreso ya se usó, venció, o comenzó en otro navegador o dirección.")
        )
    sesion.delete(fila)
    sesion.flush()
    return fila


def completar(
    inicio: InicioSesion, codigo: str, *, agente: str = "", secreto_anterior: str | None = None
) -> Ingresado:
    """Finish a taken attempt: ask the provider who it is, then open a new session in one transaction."""
    cliente = cliente_oidc()
    identidad, autenticado_en, id_token = _preguntar(cliente, inicio, codigo)
    with transaccion() as sesion:
        persona = registrar_ingreso(sesion, cliente.emisor, identidad)
        # A provider that does not say when the person signed in may have remembered them for long.
        secreto = abrir_sesion(
            sesion,
            persona,
            autenticado_en=autenticado_en or ahora_bd(sesion) - DURACION_MAX,
            agente=agente,
            id_token=id_token,
            secreto_anterior=secreto_anterior,
        )
        return Ingresado(secreto, inicio.volver, persona.nombre_completo)


def _preguntar(
    cliente: ClienteOidc, inicio: InicioSesion, codigo: str
) -> tuple[Identidad, datetime | None, str]:
    if not 0 < len(codigo) <= 4096:
        raise IngresoRechazado(_("El servicio de identidad no envió el código de ingreso."))
    canje = cliente.canjear(codigo, inicio.verificador, retorno_de_ingreso())
    afirmacion = cliente.verificar(canje, nonce=inicio.nonce, max_age_s=inicio.max_age_s)
    return cliente.identidad(canje, afirmacion.sub), afirmacion.autenticado_en, canje.id_token


def salir(sesion: Session, secreto: str) -> str | None:
    """Close the browser's session; returns its ID token, with which to end the provider's session too."""
    fila = cerrar_sesion(sesion, secreto, "salida")
    return fila.id_token if fila else None


def borrar_vencidos(sesion: Session) -> int:
    """Delete attempts nobody finished."""
    vencidos = delete(InicioSesion).where(col(InicioSesion.vence_en) < func.nucleo_ahora())
    return int(sesion.connection().execute(vencidos).rowcount)
