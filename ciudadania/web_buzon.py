"""Pages of the mailbox: lines that open, one notice, marking as read."""

from datetime import date
from typing import Annotated, Any, Literal
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import buzon, consultas_buzon
from ciudadania.acceso import ActorRequerido
from ciudadania.canal import abrir_canal, canal_vigente, cerrar_canal, entradas_del_canal
from ciudadania.clases import clase_de, clases
from ciudadania.consultas_buzon import Filtro
from ciudadania.formularios import PREFERENCIA, HojaDePaso, HojaDePreferencia
from ciudadania.presentar import titulo_de
from ciudadania.resumen import preferir_resumen, prefiere_resumen
from nucleo.acceso import publico
from nucleo.actor import Actor
from nucleo.atom import atom
from nucleo.bd import Sesion
from nucleo.configuracion import ajustes
from nucleo.formularios import Hoja
from nucleo.lectores import Fecha
from nucleo.paginacion import Cursor, CursorPedido
from nucleo.textos import gettext as _
from nucleo.textos import ngettext
from nucleo.web import pagina, redirigir

router = APIRouter(include_in_schema=False)
_PEDIDO = ("ver", "q", "clase", "de", "dia")
Vista = Literal["", "sin-leer", "legales"]
Clase = Annotated[str, Query(pattern=r"^([a-z_]+(\.[a-z_]+)*)?$", max_length=60)]
De = Annotated[str, Query(pattern=r"^([0-9a-f-]{36})?$")]


def _direccion(ruta: str, **parametros: object) -> str:
    presentes = {c: v for c, v in parametros.items() if v}
    return f"{ruta}?{urlencode(presentes)}" if presentes else ruta


@router.get("/buzon")
def ver_buzon(
    request: Request,
    actor: ActorRequerido,
    sesion: Sesion,
    cursor: Cursor,
    ver: Vista = "",
    q: Annotated[str, Query(max_length=200)] = "",
    clase: Clase = "",
    de: De = "",
    dia: Fecha | None = None,
) -> Response:
    """The list, the newest first: what is of one kind and day is one line."""
    pedido = {"ver": ver, "q": q.strip(), "clase": clase, "de": de, "dia": str(dia or "")}
    return _pagina_buzon(request, actor, sesion, cursor, pedido)


def _pagina_buzon(
    request: Request,
    actor: Actor,
    sesion: Session,
    cursor: CursorPedido,
    pedido: dict[str, str],
    hoja: Hoja[Any] | None = None,
) -> Response:
    ver, q = pedido["ver"], pedido["q"]
    filtro = Filtro(
        q=q,
        clase=pedido["clase"] or None,
        legal=True if ver == "legales" else None,
        de=_uuid(pedido["de"]),
        dia=date.fromisoformat(pedido["dia"]) if pedido["dia"] else None,
        solo_sin_leer=ver == "sin-leer",
    )
    if q:  # what somebody looks for is one notice, not its line
        filas, siguiente = consultas_buzon.listar(sesion, actor, cursor, filtro)
        lineas = [consultas_buzon.Linea(fila, 1, int(fila.leido_en is None)) for fila in filas]
    else:
        lineas, siguiente = consultas_buzon.lineas(sesion, actor, cursor, filtro)
    return pagina(
        request,
        "ciudadania/buzon.html",
        hoja=hoja,
        lineas=[(linea, titulo_de(linea), clase_de(linea.ultima.clase)) for linea in lineas],
        unidades=consultas_buzon.unidades_con_buzon(sesion, actor),
        sin_leer=consultas_buzon.contar_sin_leer(sesion, actor),
        legales=consultas_buzon.hay_legales_sin_leer(sesion, actor),
        pedido=pedido,
        hay_filtros=any(pedido.values()),
        pestanas={v: _direccion("/buzon", **pedido | {"ver": v}) for v in ("", "sin-leer", "legales")},
        clases=sorted(((c.codigo, str(c.nombre)) for c in clases().values()), key=lambda c: c[1]),
        siguiente_url=_direccion("/buzon", **pedido, cursor=siguiente) if siguiente else None,
    )


@router.post("/buzon/lecturas")
def marcar_todo(
    request: Request, actor: ActorRequerido, sesion: Sesion, cursor: Cursor, hoja: HojaDePaso
) -> Response:
    """Mark every news as read; what has legal effect waits to be opened."""
    with hoja:
        return redirigir("/buzon", _marcados(buzon.marcar_leidas(sesion, actor)))
    return _pagina_buzon(request, actor, sesion, cursor, dict.fromkeys(_PEDIDO, ""), hoja)


def _marcados(cuantos: int) -> str:
    if not cuantos:
        return _("No había avisos por marcar. Lo que tiene efecto legal se lee al abrirlo.")
    texto = ngettext("%(n)s aviso quedó leído.", "%(n)s avisos quedaron leídos.", cuantos)
    return texto % {"n": cuantos}


@router.get("/buzon/preferencias")
def preferencias(request: Request, actor: ActorRequerido, sesion: Sesion) -> Response:
    return _pagina_preferencias(request, actor, sesion)


def _pagina_preferencias(
    request: Request, actor: Actor, sesion: Session, hoja: Hoja[Any] | None = None, secreto: str | None = None
) -> Response:
    """How the person is told: a summary a day, a feed. A new address is shown this once."""
    assert actor.persona_id is not None
    valores = {"resumen_diario": prefiere_resumen(sesion, actor.persona_id)}
    return pagina(
        request,
        "ciudadania/preferencias.html",
        hoja=hoja,
        preferencia=PREFERENCIA.mostrar(request, valores, enviada=hoja),
        canal=canal_vigente(sesion, actor.persona_id),
        direccion=f"{ajustes().url_publica}/avisos/{secreto}.atom" if secreto else None,
    )


@router.post("/buzon/preferencias")
def preferir(request: Request, actor: ActorRequerido, sesion: Sesion, hoja: HojaDePreferencia) -> Response:
    with hoja:
        preferir_resumen(sesion, actor, hoja.datos.resumen_diario)
        return redirigir("/buzon/preferencias", _("Guardamos cómo quiere que le avisemos."))
    return _pagina_preferencias(request, actor, sesion, hoja)


@router.post("/buzon/canal")
def abrir(request: Request, actor: ActorRequerido, sesion: Sesion, hoja: HojaDePaso) -> Response:
    secreto = None
    with hoja:
        secreto = abrir_canal(sesion, actor)
    return _pagina_preferencias(request, actor, sesion, hoja, secreto)


@router.post("/buzon/canal/cerrar")
def cerrar(request: Request, actor: ActorRequerido, sesion: Sesion, hoja: HojaDePaso) -> Response:
    with hoja:
        cerrar_canal(sesion, actor)
        return redirigir("/buzon/preferencias", _("La dirección ya no sirve."))
    return _pagina_preferencias(request, actor, sesion, hoja)


@router.get("/avisos/{secreto}.atom", dependencies=[Depends(publico)])
def canal_atom(secreto: Annotated[str, Path(max_length=100)], sesion: Sesion) -> Response:
    """The feed of who holds its address."""
    canal, entradas = entradas_del_canal(sesion, secreto)
    return atom(canal.id, _("Su buzón de Qhatu"), "/buzon", entradas, canal.creado_en)


@router.get("/buzon/grupos/{grupo}")
def ver_grupo(
    request: Request, grupo: UUID, actor: ActorRequerido, sesion: Sesion, cursor: Cursor
) -> Response:
    """The notices of one line, each with its text: seeing them is reading them."""
    filas, siguiente = consultas_buzon.listar(sesion, actor, cursor, Filtro(grupo=grupo))
    if not filas:
        raise consultas_buzon.no_existe()
    if not _es_adelanto(request):
        buzon.marcar_leidas(sesion, actor, grupo)
    return pagina(
        request,
        "ciudadania/grupo.html",
        notificaciones=filas,
        clase=clase_de(filas[0].clase),
        unidad=consultas_buzon.unidades_con_buzon(sesion, actor).get(filas[0].destinatario_id),
        siguiente_url=_direccion(f"/buzon/grupos/{grupo}", cursor=siguiente) if siguiente else None,
    )


@router.get("/buzon/{notificacion_id}")
def ver_notificacion(
    request: Request, notificacion_id: UUID, actor: ActorRequerido, sesion: Sesion
) -> Response:
    """Opening a message is reading it; a browser that only fetches ahead reads nothing."""
    fila = consultas_buzon.obtener(sesion, actor, notificacion_id)
    if not _es_adelanto(request):
        buzon.leer(sesion, actor, notificacion_id)
    return pagina(
        request,
        "ciudadania/notificacion.html",
        notificacion=fila,
        clase=clase_de(fila.clase),
        lecturas=consultas_buzon.lecturas(sesion, fila.id),
        unidad=consultas_buzon.unidades_con_buzon(sesion, actor).get(fila.destinatario_id),
    )


def _es_adelanto(request: Request) -> bool:
    return "prefetch" in request.headers.get("sec-purpose", request.headers.get("purpose", ""))


def _uuid(texto: str) -> UUID | None:
    try:
        return UUID(texto) if texto else None
    except ValueError:
        return None
