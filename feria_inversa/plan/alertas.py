"""Alerts of the plans: a search of what entities plan, told when a line that answers it is published."""

import re
from collections.abc import Mapping, Sequence
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import text
from sqlmodel import Session, col, select

from alertas import Busqueda, Emparejador, Hallazgo, Objeto, emparejar_varios, registrar_emparejador
from empresa_digital.registro import departamentos, nombres_de_unidades, unidades_en_lote
from feria_inversa.plan import eventos
from feria_inversa.plan.buscar import Filtro
from feria_inversa.plan.consultas import lineas_publicas, planes_por_id
from feria_inversa.plan.vistas import donde_se_entrega, nombre_de_mes
from feria_inversa.reglas import CATEGORIAS, Categoria, familia_en_frase
from feria_inversa.reglas.modelos import Modalidad
from nucleo.dinero import formato_bs
from nucleo.errores import DatosInvalidos
from nucleo.eventos import EventoRecibido, al_ocurrir
from nucleo.lectores import escrito, para_buscar
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

CODIGO = "feria.planes"


class Criterios(BaseModel):
    """What one may ask of what is planned: every word, where it is delivered, what it is, how, whose."""

    model_config = ConfigDict(extra="forbid")

    q: Annotated[str, escrito(200)] = ""
    departamento: Annotated[str, Field(pattern=r"^0[1-9]$")] | None = None
    categoria: Categoria | None = None
    modalidad: Annotated[str, Field(pattern="^[A-Z0-9]{1,10}$")] | None = None
    familia: Annotated[str, Field(pattern="^[0-9]{4}$")] | None = None
    entidad: UUID | None = None


def criterios_de(filtro: Filtro) -> Criterios:
    """Those of the list that one is looking at; a category that is none asks for nothing."""
    return Criterios.model_validate(
        {
            "q": para_buscar(filtro.q),
            "departamento": filtro.departamento,
            "categoria": filtro.categoria if filtro.categoria in CATEGORIAS else None,
            "modalidad": filtro.modalidad,
            "familia": filtro.familia,
            "entidad": filtro.unidad_id,
        }
    )


PALABRAS = 14
_LEXEMAS = text(
    "SELECT tsvector_to_array(to_tsvector('feria_es', :palabras)),"
    " CAST(websearch_to_tsquery('feria_es', :palabras) AS text)"
)
_CITADO = re.compile(r"'(?:[^']|'')*'")


def palabras_de_alerta(sesion: Session, q: str) -> list[str]:
    """The words that an alert asks for, all of them, the longest first. Raises `DatosInvalidos` of what its
    list finds otherwise: «or» and «-», and words that say nothing, of which an alert would tell everything.
    """
    lexemas, leido = sesion.connection().execute(_LEXEMAS, {"palabras": q}).one()
    if not {"!", "|"}.isdisjoint(_CITADO.sub("", leido)):
        raise DatosInvalidos(
            _("Una alerta busca todas sus palabras: vuelva a la lista y busque sin «or» ni «-».")
        )
    if q.strip() and not lexemas:
        raise DatosInvalidos(_("Con eso no se busca nada: vuelva a la lista y escriba qué busca."))
    largas = sorted(lexemas, key=lambda lexema: (-len(lexema), lexema))[:PALABRAS]
    return [f"p:{lexema}" for lexema in largas]


def _busqueda(sesion: Session, criterios: Criterios) -> Busqueda:
    """Words first, the longest before; then what few lines have in common."""
    terminos = palabras_de_alerta(sesion, criterios.q)
    pedidos = {
        "e": criterios.entidad,
        "f": criterios.familia,
        "m": criterios.modalidad,
        "d": criterios.departamento,
        "c": criterios.categoria,
    }
    return Busqueda(terminos + [f"{que}:{valor}" for que, valor in pedidos.items() if valor])


# Of the version that was published; what was foreseen for a month that is gone is news for nobody.
_DE_LA_VERSION = text(
    """
    SELECT l.id, tsvector_to_array(l.busqueda) AS lexemas, l.departamento, l.categoria, l.familia,
        m.codigo AS modalidad, p.unidad_id
    FROM feria_plan_linea l
    JOIN feria_plan p ON p.id = l.plan_id
    JOIN feria_modalidad m ON m.id = l.modalidad_id
    WHERE l.plan_id = :plan_id AND l.version = :version AND l.publica AND NOT l.retirada
        AND (l.gestion, l.mes) >= (:gestion, :mes)
    ORDER BY l.numero
    """
)


@al_ocurrir(eventos.PLAN_PUBLICADO, consumidor="feria.emparejar_plan")
def emparejar_plan(sesion: Session, evento: EventoRecibido) -> None:
    _emparejar(sesion, evento)


@al_ocurrir(eventos.PLAN_MODIFICADO, consumidor="feria.emparejar_cambio_de_plan")
def emparejar_cambio(sesion: Session, evento: EventoRecibido) -> None:
    _emparejar(sesion, evento)


def _emparejar(sesion: Session, evento: EventoRecibido) -> None:
    """Note for every alert the lines that this version added or changed, once each."""
    hoy = fecha_bolivia(ahora_bd(sesion))
    pide = {
        "plan_id": evento.objeto_id,
        "version": evento.datos["version"],
        "gestion": hoy.year,
        "mes": hoy.month,
    }
    objetos = {}
    for fila in sesion.connection().execute(_DE_LA_VERSION, pide).all():
        terminos = [f"p:{lexema}" for lexema in fila.lexemas]
        terminos += [f"e:{fila.unidad_id}", f"m:{fila.modalidad}", f"c:{fila.categoria}"]
        terminos += [f"d:{fila.departamento}", f"f:{fila.familia}"]
        objetos[fila.id] = Objeto(terminos)
    emparejar_varios(sesion, CODIGO, objetos)


def _mostrar(sesion: Session, ids: Sequence[UUID]) -> Mapping[UUID, Hallazgo]:
    lineas = lineas_publicas(sesion, ids)
    planes = planes_por_id(sesion, {linea.plan_id for linea in lineas})
    entidades = unidades_en_lote(sesion, {plan.unidad_id for plan in planes.values()})
    donde = donde_se_entrega(sesion, lineas, planes)
    return {
        linea.id: Hallazgo(
            linea.objeto,
            _("%(entidad)s prevé publicarlo en %(mes)s de %(gestion)s: %(monto)s, en %(donde)s.")
            % {
                "entidad": entidades[planes[linea.plan_id].unidad_id].nombre,
                "mes": nombre_de_mes(linea.mes).lower(),
                "gestion": linea.gestion,
                "monto": formato_bs(linea.monto),
                "donde": donde[linea.id] or _("su municipio"),
            },
            f"/feria/planes/{linea.plan_id}?linea={linea.numero}",
        )
        for linea in lineas
    }


def criterios_en_palabras(sesion: Session, criterios: Criterios) -> list[str]:
    """What an alert of the fair asks for, a thing each."""
    partes = [f"«{criterios.q}»"] if criterios.q else []
    partes += [d.nombre for d in departamentos(sesion) if d.ine == criterios.departamento]
    if criterios.categoria is not None:
        partes.append(str(CATEGORIAS[criterios.categoria]))
    if criterios.modalidad is not None:
        consulta = select(Modalidad.nombre).where(Modalidad.codigo == criterios.modalidad)
        partes += sesion.exec(consulta.order_by(col(Modalidad.norma)).limit(1)).all()
    if criterios.familia is not None:
        partes.append(familia_en_frase(criterios.familia))
    if criterios.entidad is not None:
        partes += nombres_de_unidades(sesion, [criterios.entidad]).values()
    return partes


def _en_palabras(sesion: Session, criterios: Criterios) -> str:
    return ", ".join(criterios_en_palabras(sesion, criterios)) or _("Todo lo que el Estado prevé contratar")


def _volver(criterios: Criterios) -> str:
    pedidos = criterios.model_dump(exclude_none=True, exclude_defaults=True)
    return "/feria/planes?" + urlencode(pedidos)


_NOMBRE = _l("Lo que se prevé contratar")
registrar_emparejador(Emparejador(CODIGO, _NOMBRE, Criterios, _busqueda, _en_palabras, _volver, _mostrar))
