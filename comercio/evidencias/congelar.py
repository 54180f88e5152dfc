"""Freezing a search: what the shop answers now, for ever."""

from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session
from stdnum import damm

from ciudadania import obtener_persona
from comercio.busqueda import Filtros, Resultado, buscar_productos, olvidar_facetas
from comercio.catalogo import arbol
from comercio.evidencias.bloqueos import bloquear_lo_mismo
from comercio.evidencias.documento import Contexto, en_texto, hacer_documento, huella_de
from comercio.evidencias.errores import BusquedaRepetida, BusquedaSinResultados, NoEsResultado
from comercio.evidencias.modelos import Congelada
from comercio.evidencias.quien import exigir_entidad
from constancia import anotar, registrar_tipo
from empresa_digital.registro import unidad_por_id
from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.ids import nuevo_id
from nucleo.paginacion import CursorPedido
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

RESULTADOS_MAXIMOS = 100
registrar_tipo("busqueda_congelada", _l("Búsqueda congelada de una entidad"), "/verificar-busqueda")


def resultados_de(sesion: Session, filtros: Filtros) -> Resultado:
    """What the shop answers now: the first `RESULTADOS_MAXIMOS`, and how many there are, counted afresh."""
    olvidar_facetas()
    return buscar_productos(sesion, filtros, CursorPedido(None, RESULTADOS_MAXIMOS))


def congelar(
    sesion: Session,
    actor: Actor,
    unidad_id: UUID,
    filtros: Filtros,
    para_que: str,
    producto_id: UUID | None = None,
    id: UUID | None = None,
) -> Congelada:
    """Keep what the shop answers to a search, as evidence of the entity; with a known id, what it made.

    Raises `SoloEntidades`, `SinFacultad`, `BusquedaSinResultados`, `NoEsResultado`, `BusquedaRepetida`.
    """
    autorizacion = exigir_entidad(sesion, actor, unidad_id)
    assert actor.persona_id is not None
    assert autorizacion.mandato_id is not None
    if id is not None:
        bloquear_lo_mismo(sesion, id)
        if (ya := sesion.get(Congelada, id)) is not None:
            return _la_misma(ya, unidad_id, para_que, producto_id)
    resultado = resultados_de(sesion, filtros)
    if not resultado.productos:
        raise BusquedaSinResultados(_("Cambie las palabras o los filtros: solo se congela lo que se halló."))
    if producto_id is not None and producto_id not in {f.id for f in resultado.productos}:
        dice = _("Elija uno de los resultados de ahora: puede que se haya retirado.")
        raise NoEsResultado(dice, campos={"producto_id": dice})
    contexto = Contexto(
        numero=_numero(sesion),
        instante=ahora_bd(sesion),
        entidad=unidad_por_id(sesion, unidad_id),
        persona=obtener_persona(sesion, actor.persona_id).nombre_completo,
        mandato_id=autorizacion.mandato_id,
        para_que=para_que,
        elegido=producto_id,
    )
    documento = en_texto(hacer_documento(contexto, filtros, arbol(sesion), resultado))
    congelada = Congelada(
        id=id or nuevo_id(),
        numero=contexto.numero,
        entidad_id=unidad_id,
        persona_id=actor.persona_id,
        mandato_id=autorizacion.mandato_id,
        producto_id=producto_id,
        para_que=para_que,
        documento=documento,
        huella=huella_de(documento),
        congelada_en=contexto.instante,
    )
    sesion.add(congelada)
    sesion.flush()
    anotar(sesion, *anotacion_de(congelada))
    datos = {"numero": congelada.numero, "huella": congelada.huella, "resultados": len(resultado.productos)}
    auditar(sesion, autorizacion, "busqueda.congelar", "comercio_busqueda_congelada", congelada.id, datos)
    return congelada


def anotacion_de(congelada: Congelada) -> tuple[str, str, str]:
    """Its leaf in the public log. The digest is what opens its public page, so the leaf holds the digest of
    it: who has the document can find the leaf, and nobody finds the document by the log."""
    return "busqueda_congelada", congelada.numero, huella_de(congelada.huella)


def _la_misma(ya: Congelada, unidad_id: UUID, para_que: str, producto_id: UUID | None) -> Congelada:
    if (ya.entidad_id, ya.para_que, ya.producto_id) != (unidad_id, para_que, producto_id):
        raise BusquedaRepetida(_("Use un identificador nuevo para otra búsqueda."))
    return ya


def _numero(sesion: Session) -> str:
    consulta = text("SELECT nextval('comercio_busqueda_congelada_numero_seq')")
    serie = str(sesion.connection().execute(consulta).scalar_one())
    return f"B-{serie}-{damm.calc_check_digit(serie)}"
