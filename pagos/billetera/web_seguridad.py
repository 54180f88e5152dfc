"""Pages of wallets: statements to take away, limits, security."""

from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response, StreamingResponse

from ciudadania import ActorRequerido
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import DatosInvalidos
from nucleo.formularios import Hoja
from nucleo.lectores import Entero, Ilegible, leer_fecha
from nucleo.limites import limitar
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l
from nucleo.web import pagina, redirigir
from pagos.billetera.accesos import cuenta_propia, persona_de
from pagos.billetera.alias import alias_de, elegir_alias, quitar_alias
from pagos.billetera.api import EXTRACTOS_POR_MINUTO
from pagos.billetera.formularios import (
    ALIAS,
    SEGURIDAD,
    SIN_ALIAS,
    HojaDeAlias,
    HojaDeSeguridad,
    HojaSinAlias,
)
from pagos.extractos import (
    MAXIMO,
    MAXIMO_PDF,
    TIPO_CAMT,
    TIPO_CSV,
    TIPO_PDF,
    Extracto,
    generar_camt053,
    generar_csv,
    generar_pdf,
    preparar_extracto,
)
from pagos.libro import (
    Origen,
    congelamientos_de,
    congelar_cuenta,
    cuentas_de,
    descongelar_cuenta,
    limites_y_uso,
    nombres_de_cuentas,
    obtener_cuenta,
)
from pagos.tarjetas import reclamos_sin_cubrir

router = APIRouter(tags=["billetera"])

POR_EL_TITULAR = _l("Lo pidió el titular desde su billetera")


# --- Statements ---------------------------------------------------------------------------------------------


@router.get("/billetera/movimientos.csv")
def bajar_csv(
    sesion: Sesion, actor: ActorRequerido, cuenta: Entero | None = None, desde: str = "", hasta: str = ""
) -> Response:
    extracto = _preparar(sesion, actor, cuenta, desde, hasta)
    return _adjunto(extracto, generar_csv(extracto), TIPO_CSV, "csv")


@router.get("/billetera/movimientos.xml")
def bajar_camt053(
    sesion: Sesion, actor: ActorRequerido, cuenta: Entero | None = None, desde: str = "", hasta: str = ""
) -> Response:
    """The statement as ISO 20022 camt.053."""
    extracto = _preparar(sesion, actor, cuenta, desde, hasta)
    return _adjunto(extracto, generar_camt053(extracto), TIPO_CAMT, "xml")


@router.get("/billetera/movimientos.pdf")
def bajar_pdf(
    sesion: Sesion, actor: ActorRequerido, cuenta: Entero | None = None, desde: str = "", hasta: str = ""
) -> Response:
    extracto = _preparar(sesion, actor, cuenta, desde, hasta, maximo=MAXIMO_PDF)
    return _adjunto(extracto, iter([generar_pdf(extracto)]), TIPO_PDF, "pdf")


def _preparar(
    sesion: Sesion,
    actor: ActorRequerido,
    cuenta_id: int | None,
    desde: str,
    hasta: str,
    *,
    maximo: int = MAXIMO,
) -> Extracto:
    cuenta, _autorizacion = cuenta_propia(sesion, actor, cuenta_id)
    limitar("pagos.extracto", actor.clave, cupo=EXTRACTOS_POR_MINUTO, ventana_s=60)
    return preparar_extracto(sesion, cuenta, _dia("desde", desde), _dia("hasta", hasta), maximo=maximo)


def _dia(campo: str, texto: str) -> date | None:
    if not texto.strip():
        return None
    try:
        return leer_fecha(texto)
    except Ilegible as error:
        raise DatosInvalidos(str(error), campos={campo: str(error)}) from error


def _adjunto(extracto: Extracto, cuerpo: object, tipo: str, extension: str) -> Response:
    nombre = f'attachment; filename="{extracto.nombre_de_archivo}.{extension}"'
    return StreamingResponse(cuerpo, media_type=tipo, headers={"Content-Disposition": nombre})  # type: ignore[arg-type]


# --- Limits -------------------------------------------------------------------------------------------------


@router.get("/billetera/limites")
def ver_limites(
    request: Request, sesion: Sesion, actor: ActorRequerido, cuenta: Entero | None = None
) -> Response:
    elegida, _autorizacion = cuenta_propia(sesion, actor, cuenta)
    return pagina(
        request,
        "pagos/billetera/limites.html",
        cuentas=cuentas_de(sesion, actor, con_otros=False),
        elegida=elegida,
        titular=nombres_de_cuentas(sesion, [elegida.id or 0])[elegida.id or 0],
        limites=limites_y_uso(sesion, elegida),
    )


# --- Alias --------------------------------------------------------------------------------------------------


@router.get("/billetera/alias")
def ver_alias(request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    return _pagina_alias(request, sesion, actor)


def _pagina_alias(request: Request, sesion: Session, actor: Actor, hoja: Hoja[Any] | None = None) -> Response:
    return pagina(
        request,
        "pagos/billetera/alias.html",
        hoja=hoja,
        actual=alias_de(sesion, persona_de(actor)),
        alias=ALIAS.mostrar(request, enviada=hoja),
        sin_alias=SIN_ALIAS.mostrar(request, enviada=hoja),
    )


@router.post("/billetera/alias")
def elegir(request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeAlias) -> Response:
    with hoja:
        elegido = elegir_alias(sesion, actor, hoja.datos.alias)
        return redirigir("/billetera/alias", _("Ya pueden pagarle como %(alias)s.") % {"alias": elegido})
    return _pagina_alias(request, sesion, actor, hoja)


@router.post("/billetera/alias/quitar")
def quitar(request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaSinAlias) -> Response:
    with hoja:
        quitar_alias(sesion, actor)
        return redirigir("/billetera/alias", _("Ya nadie lo encuentra por ese alias."))
    return _pagina_alias(request, sesion, actor, hoja)


# --- Security -----------------------------------------------------------------------------------------------


@router.get("/billetera/seguridad")
def ver_seguridad(
    request: Request, sesion: Sesion, actor: ActorRequerido, cuenta: Entero | None = None
) -> Response:
    return _pagina_seguridad(request, sesion, actor, cuenta)


def _pagina_seguridad(
    request: Request, sesion: Session, actor: Actor, cuenta_id: int | None, hoja: Hoja[Any] | None = None
) -> Response:
    elegida, _autorizacion = cuenta_propia(sesion, actor, cuenta_id)
    assert elegida.id is not None
    historia = congelamientos_de(sesion, elegida.id)
    return pagina(
        request,
        "pagos/billetera/seguridad.html",
        hoja=hoja,
        cuentas=cuentas_de(sesion, actor, con_otros=False),
        elegida=elegida,
        titular=nombres_de_cuentas(sesion, [elegida.id])[elegida.id],
        historia=historia,
        propio=any(c.levantado_en is None and c.origen == Origen.TITULAR for c in historia),
        ajenos=[c for c in historia if c.levantado_en is None and c.origen != Origen.TITULAR],
        reclamos=reclamos_sin_cubrir(sesion, elegida.id) if elegida.congelada else [],
        seguridad=SEGURIDAD.mostrar(request, {"cuenta": elegida.id}, enviada=hoja),
    )


@router.post("/billetera/seguridad/congelar")
def congelar(request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeSeguridad) -> Response:
    """One press: the next payment from the account is already refused."""
    cuenta = hoja.datos.cuenta
    with hoja:
        elegida, autorizacion = cuenta_propia(sesion, actor, cuenta)
        congelar_cuenta(sesion, autorizacion, elegida, origen=Origen.TITULAR, motivo=str(POR_EL_TITULAR))
        return redirigir(
            f"/billetera/seguridad?cuenta={cuenta}",
            _("La cuenta quedó congelada: nadie puede pagar desde ella."),
        )
    return _pagina_seguridad(request, sesion, actor, cuenta, hoja)


@router.post("/billetera/seguridad/descongelar")
def descongelar(request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeSeguridad) -> Response:
    cuenta = hoja.datos.cuenta
    with hoja:
        elegida, autorizacion = cuenta_propia(sesion, actor, cuenta)
        descongelar_cuenta(sesion, autorizacion, elegida, origen=Origen.TITULAR, motivo=str(POR_EL_TITULAR))
        sigue = obtener_cuenta(sesion, cuenta).congelada
        aviso = (
            _("Levantó su congelamiento; la cuenta sigue congelada por otra causa.")
            if sigue
            else _("La cuenta ya puede pagar otra vez.")
        )
        return redirigir(f"/billetera/seguridad?cuenta={cuenta}", aviso)
    return _pagina_seguridad(request, sesion, actor, cuenta, hoja)
