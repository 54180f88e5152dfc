"""Pages to see, grant and revoke mandates."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido, Riesgo, exigir_sesion_reciente, leer_cedula
from empresa_digital.registro.mandatos import web_clientes
from empresa_digital.registro.mandatos.acto import otorgar_o_proponer
from empresa_digital.registro.mandatos.consultas import (
    cuantos_por_grupo,
    mandato_por_id,
    mandatos_de,
    nombres_de_apoderados,
)
from empresa_digital.registro.mandatos.contexto import contexto_del_registro  # noqa: F401 (registers what every page shows)
from empresa_digital.registro.mandatos.errores import MandatoNoEncontrado, SinFacultad
from empresa_digital.registro.mandatos.facultades import exigir_facultad
from empresa_digital.registro.mandatos.formularios import (
    MANDATO,
    REVOCACION,
    HojaDeMandato,
    HojaDeRevocacion,
    MandatoPedido,
)
from empresa_digital.registro.mandatos.modelos import Mandato
from empresa_digital.registro.mandatos.otorgar import (
    ADMINISTRABLES,
    NuevoMandato,
)
from empresa_digital.registro.mandatos.palabras import facultades_en_palabras
from empresa_digital.registro.mandatos.remover import proponer_remocion
from empresa_digital.registro.mandatos.revocar import necesita_otro
from empresa_digital.registro.mandatos.revocar_juntos import revocar_o_proponer
from empresa_digital.registro.mandatos.tipos import Facultad
from empresa_digital.registro.mandatos.uso import usos_de
from empresa_digital.registro.mandatos.visibles import administra, unidad_propia, unidad_visible
from empresa_digital.registro.unidades import (
    Unidad,
    UnidadNoEncontrada,
    pagina,
    unidad_por_numero,
)
from nucleo.actor import Actor
from nucleo.actos import Propuesto
from nucleo.bd import Sesion
from nucleo.errores import DatosInvalidos
from nucleo.formularios import Hoja
from nucleo.limites import limitar
from nucleo.reloj import ZONA, ahora_bd
from nucleo.textos import gettext as _
from nucleo.web import redirigir

router = APIRouter(include_in_schema=False)
router.include_router(web_clientes.router)


@router.get("/mis-unidades/{numero}/mandatos")
def ver_mandatos(numero: str, request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    """Who acts and who acted for the unit."""
    unidad = unidad_propia(sesion, actor, numero, Facultad.CONSULTAR)
    filas = mandatos_de(sesion, unidad.id)
    momento = ahora_bd(sesion)
    return pagina(
        request,
        "mandatos/mandatos.html",
        unidad=unidad,
        vigentes=[m for m in filas if en_vigor(m, momento) and m.aceptado_en is not None],
        ofrecidos=[m for m in filas if en_vigor(m, momento) and m.aceptado_en is None],
        anteriores=[m for m in filas if not en_vigor(m, momento)],
        facultades_en_palabras=facultades_en_palabras,
        usos=usos_de(sesion, [m.id for m in filas]),
        apoderados=nombres_de_apoderados(sesion, filas),
        administra=administra(sesion, actor, unidad),
        puede_otorgar=unidad.estado in ADMINISTRABLES and administra(sesion, actor, unidad, con_otros=True),
        de_a_cuantos=cuantos_por_grupo(sesion, [m.grupo_firma for m in filas if m.grupo_firma]),
        yo=actor.persona_id,
    )


def en_vigor(mandato: Mandato, momento: datetime) -> bool:
    """Whether it gives power now, or may yet: from a future date, or if it is accepted."""
    ofrecido = mandato.ofrecido_hasta if mandato.aceptado_en is None else None
    fines = (mandato.valido_hasta, mandato.revocado_en, ofrecido)
    return all(fin is None or fin > momento for fin in fines)


@router.get("/mis-unidades/{numero}/mandatos/nuevo")
def nuevo(
    numero: str, request: Request, sesion: Sesion, actor: ActorRequerido, clase: str = "persona"
) -> Response:
    unidad = _administrada(sesion, actor, numero)
    return _pagina_otorgar(request, unidad, {"clase": "unidad" if clase == "unidad" else "persona"})


@router.post("/mis-unidades/{numero}/mandatos/nuevo")
def otorgar(
    numero: str, request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeMandato
) -> Response:
    unidad = _administrada(sesion, actor, numero)
    with hoja:
        hecho = otorgar_o_proponer(sesion, actor, unidad.id, _nuevo_mandato(sesion, actor, hoja))
        if isinstance(hecho, Propuesto):
            return redirigir(hecho.url, _("Usted firmó. Se ofrecerá cuando firmen los demás."))
        aviso = _("Mandato ofrecido: vale desde que lo acepten.")
        return redirigir(f"/mis-unidades/{unidad.numero}/mandatos", aviso)
    return _pagina_otorgar(request, unidad, {}, hoja)


def _administrada(sesion: Session, actor: Actor, numero: str) -> Unidad:
    """The unit of a person who administers it and signed in not long ago."""
    unidad = unidad_propia(sesion, actor, numero, Facultad.ADMINISTRAR, con_otros=True)
    exigir_facultad(sesion, actor, unidad.id, Facultad.ADMINISTRAR, estados=ADMINISTRABLES, con_otros=True)
    exigir_sesion_reciente(actor, Riesgo.PODERES)
    return unidad


def _nuevo_mandato(sesion: Session, actor: Actor, hoja: Hoja[MandatoPedido]) -> NuevoMandato:
    datos = hoja.datos
    a_unidad = datos.clase == "unidad"
    fin = None if datos.hasta is None else datetime.combine(datos.hasta, time.min, ZONA) + timedelta(days=1)
    return NuevoMandato(
        facultades=datos.facultades,
        cedula=None if a_unidad else _cedula(actor, datos),
        unidad_id=_otra_unidad(sesion, datos) if a_unidad else None,
        monto_limite=datos.monto_limite,
        limite_dia=datos.limite_dia,
        limite_mes=datos.limite_mes,
        hasta=fin,
        subdelegable=datos.subdelegable,
        documento=datos.documento,
        id=hoja.id,
    )


def _cedula(actor: Actor, datos: MandatoPedido) -> str:
    """The identity card, whether or not its holder uses the platform: who grants is not told."""
    limitar("mandato.persona", actor.clave, cupo=60, ventana_s=3600)
    return leer_cedula(datos.ci or "", datos.complemento)


def _otra_unidad(sesion: Session, datos: MandatoPedido) -> UUID:
    try:
        otra = unidad_por_numero(sesion, datos.unidad or "")
    except UnidadNoEncontrada:
        otra = None
    if otra is None or otra.inscrita_en is None:
        raise DatosInvalidos(campos={"unidad": _("No hay una unidad inscrita con ese número.")})
    return otra.id


def _pagina_otorgar(
    request: Request, unidad: Unidad, valores: dict[str, str], hoja: Hoja[Any] | None = None
) -> Response:
    return pagina(
        request,
        "mandatos/mandato_nuevo.html",
        hoja=hoja,
        unidad=unidad,
        mandato=MANDATO.mostrar(request, valores, enviada=hoja),
    )


@router.get("/mis-unidades/{numero}/mandatos/{mandato_id}/revocar")
def ver_revocar(
    numero: str, mandato_id: UUID, request: Request, sesion: Sesion, actor: ActorRequerido
) -> Response:
    return _pagina_revocar(request, sesion, actor, numero, mandato_id)


@router.post("/mis-unidades/{numero}/mandatos/{mandato_id}/revocar")
def revocar(
    numero: str,
    mandato_id: UUID,
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeRevocacion,
) -> Response:
    unidad, mandato = _mandato_revocable(sesion, actor, numero, mandato_id)
    propio = mandato.apoderado_persona_id == actor.persona_id
    with hoja:
        if _con_otro(sesion, actor, unidad, mandato):
            propuesto = proponer_remocion(sesion, actor, mandato_id, hoja.datos.motivo)
            return redirigir(propuesto.url, _("Falta que lo firme otra persona que administra."))
        hecho = revocar_o_proponer(sesion, actor, mandato_id, hoja.datos.motivo)
        if isinstance(hecho, Propuesto):
            return redirigir(hecho.url, _("Usted firmó. Terminará cuando firmen los demás."))
        destino = "/mis-unidades" if propio else f"/mis-unidades/{unidad.numero}/mandatos"
        return redirigir(destino, _("Mandato revocado."))
    return _pagina_revocar(request, sesion, actor, numero, mandato_id, hoja)


def _mandato_revocable(
    sesion: Session, actor: Actor, numero: str, mandato_id: UUID
) -> tuple[Unidad, Mandato]:
    unidad, _interno = unidad_visible(sesion, actor, numero)
    mandato = mandato_por_id(sesion, mandato_id)
    if mandato.unidad_id != unidad.id:
        raise MandatoNoEncontrado()
    if mandato.apoderado_persona_id != actor.persona_id and not administra(
        sesion, actor, unidad, con_otros=True
    ):
        raise SinFacultad(_("Solo quien administra la unidad revoca los mandatos de otras personas."))
    return unidad, mandato


def _con_otro(sesion: Session, actor: Actor, unidad: Unidad, mandato: Mandato) -> bool:
    """Whether it takes another administrator to revoke this."""
    if mandato.apoderado_persona_id == actor.persona_id:
        return False
    autorizacion = exigir_facultad(
        sesion, actor, unidad.id, Facultad.ADMINISTRAR, estados=ADMINISTRABLES, con_otros=True
    )
    return necesita_otro(sesion, autorizacion, mandato)


def _pagina_revocar(
    request: Request,
    sesion: Session,
    actor: Actor,
    numero: str,
    mandato_id: UUID,
    hoja: Hoja[Any] | None = None,
) -> Response:
    unidad, mandato = _mandato_revocable(sesion, actor, numero, mandato_id)
    return pagina(
        request,
        "mandatos/mandato_revocar.html",
        hoja=hoja,
        unidad=unidad,
        mandato=mandato,
        facultades_en_palabras=facultades_en_palabras,
        apoderado=nombres_de_apoderados(sesion, [mandato])[mandato.id],
        propio=mandato.apoderado_persona_id == actor.persona_id,
        con_otro=_con_otro(sesion, actor, unidad, mandato),
        de_a_varios=not administra(sesion, actor, unidad),
        revocacion=REVOCACION.mostrar(request, enviada=hoja),
    )
