"""Processes whose bids come in two envelopes, and bids as a program of their bidders seals them."""

import base64
import hashlib
import json
from datetime import timedelta
from typing import Any
from uuid import UUID

from empresa_digital.registro import Facultad
from empresa_digital.registro.actos import firmas
from feria_inversa.designaciones.designar import Nombramiento, designar_en_proceso
from feria_inversa.evaluacion import CalificacionTecnicaEntrada, calificar_tecnica
from feria_inversa.llaves import llave_de, rellenar, sellar
from feria_inversa.ofertas.ofertas import presentar_sellada
from feria_inversa.ofertas.sobres import PARA_PRECIOS, PARA_TECNICA, info_de
from feria_inversa.papeles.tipos import Papel
from feria_inversa.procesos.esquemas import ItemEntrada
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.procesos.tareas import cerrar_recepciones
from nucleo.actor import Actor
from nucleo.actos import Propuesto
from nucleo.bd import transaccion
from nucleo.ids import nuevo_id
from tests.ayudas.personas import nueva_persona, nuevo_actor
from tests.feria_inversa.conftest import Feria, Parte, item

CALIDAD: dict[str, Any] = {
    "metodo": "calidad_y_costo",
    "puntos_tecnica": 70,
    "minimo_tecnica": 50,
    "adjudica_por": "total",
    "dos_sobres": True,
}
PEDIDO = [item("Consultoría de diseño", "1", "80000.00"), item("Supervisión", "2", "5000.00")]


def en_dos_sobres(feria: Feria, pedido: list[ItemEntrada] = PEDIDO, **mas: Any) -> UUID:
    """A published process that asks for two things, as a whole; its entity has holders."""
    return feria.publicada(items=pedido, **(CALIDAD | mas)).id


def lineas_de(feria: Feria, id_: UUID, *precios: str) -> list[dict[str, Any]]:
    return [
        {
            "item_id": str(pedido.id),
            "precio_unitario": {"monto": precio, "moneda": "BOB"},
            "marca": "Propia",
            "detalle": "",
            "plazo_dias": 15,
        }
        for pedido, precio in zip(feria.items(id_), precios, strict=True)
    ]


def dichos_de(lineas: list[dict[str, Any]], sal: str = "ab", **tecnica: Any) -> tuple[bytes, bytes]:
    """What each envelope says: the technical one the same lines, without their prices."""
    calladas = [{c: v for c, v in linea.items() if c != "precio_unitario"} for linea in lineas]
    de_uno = {"version": 1, "sal": sal * 32}
    return (
        json.dumps(de_uno | {"lineas": calladas} | tecnica).encode(),
        json.dumps(de_uno | {"lineas": lineas}).encode(),
    )


def sellados(
    id_: UUID, quien: Parte, tecnica: bytes, precios: bytes, oferta_id: UUID, items: int = 2, pedidos: int = 0
) -> dict[str, Any]:
    """Both envelopes, as they go in the body of a request."""
    cuerpo: dict[str, Any] = {"id": str(oferta_id), "version": 1}
    for dicho, que, sobre, huella in (
        (precios, PARA_PRECIOS, "sobre", "huella"),
        (tecnica, PARA_TECNICA, "sobre_tecnico", "huella_tecnica"),
    ):
        with transaccion() as sesion:
            llave = llave_de(sesion, id_, tecnica=que == PARA_TECNICA)
            assert llave is not None
            sellado = sellar(
                llave.publica, info_de(id_, quien.id, oferta_id, 1, que), rellenar(dicho, items, pedidos)
            )
        cuerpo |= {sobre: base64.b64encode(sellado).decode(), huella: hashlib.sha256(dicho).hexdigest()}
    return cuerpo


def mandar(id_: UUID, quien: Parte, tecnica: bytes, precios: bytes, **opciones: Any) -> UUID:
    """Sealed elsewhere, and presented."""
    oferta_id = nuevo_id()
    cuerpo = sellados(id_, quien, tecnica, precios, oferta_id)
    with transaccion() as sesion:
        return presentar_sellada(
            sesion,
            quien.actor,
            id_,
            quien.id,
            base64.b64decode(cuerpo["sobre"]),
            cuerpo["huella"],
            id_=oferta_id,
            version=1,
            tecnico=(base64.b64decode(cuerpo["sobre_tecnico"]), cuerpo["huella_tecnica"]),
            **opciones,
        ).id


def cerrar(reloj: Any) -> None:
    reloj.adelantar(timedelta(days=10, seconds=1))
    assert cerrar_recepciones() == 1


def puntuar(
    feria: Feria, id_: UUID, puntos: dict[UUID, str | None], quien: Actor | None = None
) -> Convocatoria | Propuesto:
    """Each bid with its points, or out."""
    revisadas = [
        {"oferta_id": oferta_id, "puntos": cuantos}
        if cuantos is not None
        else {"oferta_id": oferta_id, "causa": "no_cumple", "explicacion": "No es lo que se pide."}
        for oferta_id, cuantos in puntos.items()
    ]
    datos = CalificacionTecnicaEntrada.model_validate({"revisadas": revisadas})
    with transaccion() as sesion:
        return calificar_tecnica(sesion, quien or feria.entidad.actor, id_, datos)


def comision(feria: Feria, cuantas: int = 2) -> list[Any]:
    """People who may evaluate for the entity."""
    personas = [nueva_persona(f"Evaluadora {n}") for n in range(cuantas)]
    for persona in personas:
        feria.mandato(feria.entidad.id, persona, Facultad.EVALUAR)
    return personas


def nombrar_comision(feria: Feria, id_: UUID, personas: list[Any]) -> None:
    for persona in personas:
        with transaccion() as sesion:
            nuevo = Nombramiento(Papel.CALIFICACION, persona.id)
            designar_en_proceso(sesion, feria.entidad.actor, id_, nuevo)


def firmar(persona: Any, acto: Propuesto) -> None:
    with transaccion() as sesion:
        firmas.firmar(sesion, nuevo_actor(persona), acto.id, acto.huella)
