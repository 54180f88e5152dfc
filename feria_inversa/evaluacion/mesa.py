"""The mesa de negociación: those who evaluate hear the bidders in public, and write who was there, what was
said of each item and which lower price somebody said.

It changes no bid: what was opened is what is compared and awarded, and nothing is asked beyond the terms.
"""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from sqlmodel import Session

from ciudadania import nombres_de_personas
from empresa_digital.registro import Facultad, acto_salida, exigir_facultad, unidad_por_id
from feria_inversa.actos import MESA, actas_de_clase, levantar, publicar_acto
from feria_inversa.actos.modelos import Acta
from feria_inversa.designaciones import resolver_vencidas
from feria_inversa.entidades import exigir_sin_conflicto_al_decidir
from feria_inversa.evaluacion.consultas import ItemComparado, comparar
from feria_inversa.evaluacion.esquemas import MesaEntrada
from feria_inversa.evaluacion.firmantes import exigir_firmantes
from feria_inversa.evaluacion.informes import evaluan, informe_de
from feria_inversa.ofertas import oferentes_de
from feria_inversa.papeles import CALIFICAR, exigir_papel, exigir_sin_recusacion
from feria_inversa.precios import exacto
from feria_inversa.procesos import (
    OBJETO,
    Estado,
    EstadoNoPermite,
    bloquear,
    bloquear_publica,
    exigir_en_termino,
    oculta_nombres,
)
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor
from nucleo.actos import ActoConjunto, Propuesto, acto_conjunto
from nucleo.auditoria import auditar
from nucleo.dinero import bs, formato_bs
from nucleo.errores import DatosInvalidos
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

MESAS_VISTAS = 5


class RebajaDicha(BaseModel):
    model_config = ConfigDict(frozen=True)

    oferta: UUID
    precio: Decimal


class DichoDeItem(BaseModel):
    model_config = ConfigDict(frozen=True)

    item: UUID
    dicho: str
    rebajas: tuple[RebajaDicha, ...] = ()


class CuerpoDeMesa(BaseModel):
    """What is signed: of which process, for which of its decisions, by whom, and what was said."""

    model_config = ConfigDict(frozen=True)

    convocatoria: UUID
    vez: int
    evaluan: tuple[UUID, ...]
    presentes: tuple[str, ...]
    dichos: tuple[DichoDeItem, ...]


def anotar_mesa(sesion: Session, actor: Actor, convocatoria_id: UUID, datos: MesaEntrada) -> Acta | Propuesto:
    """Who evaluates alone writes it at once; of several named, it waits for the others' signatures.

    Raises `EstadoNoPermite`, `SinPapel`, `ConflictoDeInteres`, and `DatosInvalidos` of an item that nobody
    asks for, or of a price that its bidder did not bid or is no lower.
    """
    convocatoria = bloquear_publica(sesion, convocatoria_id)
    exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.EVALUAR)
    resolver_vencidas(sesion, convocatoria_id)
    exigir_papel(sesion, actor, convocatoria, CALIFICAR)
    exigir_sin_conflicto_al_decidir(sesion, actor, oferentes_de(sesion, convocatoria_id))
    cuerpo = CuerpoDeMesa(
        convocatoria=convocatoria_id,
        vez=convocatoria.resoluciones + 1,
        evaluan=tuple(sorted(evaluan(sesion, convocatoria))),
        presentes=tuple(datos.presentes),
        dichos=tuple(
            DichoDeItem(
                item=d.item_id,
                dicho=d.dicho.strip(),
                rebajas=tuple(
                    RebajaDicha(oferta=r.oferta_id, precio=exacto(r.precio_unitario)) for r in d.rebajas
                ),
            )
            for d in datos.dichos
        ),
    )
    _exigir(sesion, convocatoria, cuerpo)
    if len(cuerpo.evaluan) <= 1:
        return _escribir(sesion, actor, cuerpo)
    return MESA_CONJUNTA.proponer(sesion, actor, cuerpo, unidad_id=convocatoria.unidad_id)


def _exigir(sesion: Session, convocatoria: Convocatoria, cuerpo: CuerpoDeMesa) -> None:
    """Raise what keeps it from being written, whoever signs last."""
    if convocatoria.estado != Estado.EVALUACION:
        raise EstadoNoPermite(_("La mesa se anota mientras la convocatoria está en evaluación."))
    exigir_en_termino(convocatoria, ahora_bd(sesion))
    if oculta_nombres(convocatoria):
        raise EstadoNoPermite(_("En una cotización rápida no hay mesa: se sabría quién es quién."))
    if informe_de(sesion, convocatoria) is not None:
        raise EstadoNoPermite(_("El informe de evaluación ya está firmado: la mesa es antes."))
    quienes = evaluan(sesion, convocatoria)
    if tuple(sorted(quienes)) != cuerpo.evaluan or cuerpo.vez != convocatoria.resoluciones + 1:
        raise EstadoNoPermite(
            _("Quienes evalúan, o lo que se decide, ya no son los mismos: anótela de nuevo.")
        )
    for persona_id in sorted(quienes):
        exigir_sin_recusacion(sesion, convocatoria, persona_id)
    exigir_firmantes(sesion, convocatoria, quienes)
    _exigir_dichos(comparar(sesion, convocatoria), cuerpo.dichos)


def _exigir_dichos(items: Sequence[ItemComparado], dichos: Sequence[DichoDeItem]) -> None:
    por_id = {comparado.item.id: comparado for comparado in items}
    campos: dict[str, str] = {}
    for n, dicho in enumerate(dichos):
        comparado = por_id.get(dicho.item)
        if comparado is None or sum(d.item == dicho.item for d in dichos) > 1:
            campos[f"dichos.{n}.item_id"] = _("Diga cada ítem una sola vez.")
            continue
        precios = {li.propuesta.oferta.id: li.linea.precio_unitario for li in comparado.lineas}
        for m, rebaja in enumerate(dicho.rebajas):
            ofertado = precios.get(rebaja.oferta)
            campo = f"dichos.{n}.rebajas.{m}.precio_unitario"
            if ofertado is None or sum(r.oferta == rebaja.oferta for r in dicho.rebajas) > 1:
                campos[campo] = _("Ítem {}: esa oferta no lo cotiza, o la dijo dos veces.").format(
                    comparado.item.numero
                )
            elif not bs(0) < bs(rebaja.precio) < ofertado:
                campos[campo] = _("Ítem {}: escriba un precio menor que {}, el que ofertó.").format(
                    comparado.item.numero, formato_bs(ofertado)
                )
    if campos:
        raise DatosInvalidos(" ".join(dict.fromkeys(campos.values())), campos=campos)


def _escribir(sesion: Session, actor: Actor, cuerpo: CuerpoDeMesa) -> Acta:
    """The last signature, or the only one."""
    convocatoria = bloquear(sesion, cuerpo.convocatoria)
    autorizacion = exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.EVALUAR)
    _exigir(sesion, convocatoria, cuerpo)
    instante = ahora_bd(sesion)
    dicho = {
        "cuce": convocatoria.cuce,
        "entidad": unidad_por_id(sesion, convocatoria.unidad_id).denominacion,
        "vez": cuerpo.vez,
        "presentes": list(cuerpo.presentes),
        "items": _dichos(sesion, convocatoria, cuerpo),
        "efecto": _(
            "Lo que se dijo no cambia ninguna oferta: se compara y se adjudica lo que dice cada una, "
            "y no se pide nada que la convocatoria no pida."
        ),
        "firmas": _firmas(sesion, actor, instante.isoformat()),
    }
    nombres = nombres_de_personas(sesion, cuerpo.evaluan)
    quienes = ", ".join(sorted(nombres.values()))[:200] or actor.nombre
    acta = levantar(sesion, convocatoria.id, MESA, dicho, quienes, instante)
    convocatoria.version += 1
    sesion.flush()
    publicar_acto(sesion, convocatoria.id, ["tenderUpdate"], instante)
    hechos = {"acta": acta.numero}
    auditar(sesion, autorizacion, "convocatoria.anotar_mesa", OBJETO, convocatoria.id, hechos)
    sesion.flush()
    return acta


def _dichos(sesion: Session, convocatoria: Convocatoria, cuerpo: CuerpoDeMesa) -> list[dict[str, Any]]:
    por_id = {comparado.item.id: comparado for comparado in comparar(sesion, convocatoria)}
    hechos = []
    for dicho in sorted(cuerpo.dichos, key=lambda d: por_id[d.item].item.numero):
        comparado = por_id[dicho.item]
        lineas = {li.propuesta.oferta.id: li for li in comparado.lineas}
        hechos.append(
            {
                "item": comparado.item.numero,
                "item_id": str(dicho.item),
                "que": comparado.item.descripcion,
                "dicho": dicho.dicho,
                "rebajas": [
                    {
                        "oferta_id": str(r.oferta),
                        "proveedor": lineas[r.oferta].propuesta.proveedor.denominacion,
                        "ofertado": exacto(lineas[r.oferta].linea.precio_unitario),
                        "dijo": r.precio,
                    }
                    for r in dicho.rebajas
                ],
            }
        )
    return hechos


def _firmas(sesion: Session, actor: Actor, en: str) -> list[dict[str, str]]:
    if actor.acto is None:
        return [{"quien": actor.nombre, "en": en}]
    firmas = acto_salida(sesion, actor.acto).firmas
    return [{"quien": firma.nombre, "en": firma.firmado_en.isoformat()} for firma in firmas if firma.vale]


def mesas_de(sesion: Session, convocatoria: Convocatoria) -> list[tuple[Acta, Mapping[str, Any]]]:
    """What was said at the last tables of a process, each with its act."""
    mesas = []
    for acta in actas_de_clase(sesion, convocatoria.id, MESA, MESAS_VISTAS):
        dicho = json.loads(acta.contenido, parse_float=Decimal)
        for rebaja in (r for i in dicho["items"] for r in i["rebajas"]):
            rebaja |= {"ofertado": bs(rebaja["ofertado"]), "dijo": bs(rebaja["dijo"])}
        mesas.append((acta, dicho))
    return mesas


def _como_se_lee(sesion: Session, cuerpo: CuerpoDeMesa) -> Sequence[tuple[str, str]]:
    convocatoria = sesion.get_one(Convocatoria, cuerpo.convocatoria)
    lineas = [(_("Proceso"), f"{convocatoria.titulo} ({convocatoria.cuce})")]
    lineas.append((_("Presentes"), "; ".join(cuerpo.presentes)))
    for d in _dichos(sesion, convocatoria, cuerpo):
        rebajas = [f"{r['proveedor']}: {formato_bs(bs(r['dijo']))}" for r in d["rebajas"]]
        lineas.append((f"{d['item']}. {d['que']}", " ".join([d["dicho"], *rebajas])))
    return lineas


MESA_CONJUNTA: ActoConjunto[CuerpoDeMesa, Acta] = acto_conjunto(
    ActoConjunto(
        codigo="mesa_de_negociacion",
        nombre=_l("Mesa de negociación"),
        facultad=Facultad.EVALUAR.value,
        cuerpo=CuerpoDeMesa,
        ejecutar=_escribir,
        en_palabras=_como_se_lee,
        vence=lambda sesion, c: sesion.get_one(Convocatoria, c.convocatoria).sigue_en,
        pagina=lambda c: f"/compras/{c.convocatoria}",
        exige=lambda sesion, _actor, c: _exigir(sesion, sesion.get_one(Convocatoria, c.convocatoria), c),
        firman=lambda _sesion, c: frozenset(c.evaluan),
    )
)
