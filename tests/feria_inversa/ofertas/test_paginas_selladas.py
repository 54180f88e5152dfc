"""The pages of who bids in a sealed process without JavaScript: what they say, and what they give to keep."""

import base64
import hashlib
import json
import re
from typing import Any

from sqlmodel import Session, select

from feria_inversa.ofertas.modelos import Oferta
from nucleo.ids import nuevo_id
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.llaves.ayudas import resguardo

CAMPOS = {"lineas.1.precio_unitario": "431,27", "lineas.1.marca": "Artesanal ñ"}


def test_quien_oferta_sin_javascript_tambien_guarda_su_copia(
    feria: Feria, sesion: Session, sesion_web: Any
) -> None:
    """In that answer only: the platform keeps nothing that opens what it says."""
    resguardo(feria)
    id_ = feria.publicada().id
    ana = sesion_web(feria.ana.persona)
    campos = CAMPOS | {"unidad_id": str(feria.ana.id), "presentar": "1", "_id": str(nuevo_id())}
    respuesta = ana.post(f"/feria/{id_}/ofertar", data=campos)
    assert respuesta.status_code == 200
    hallada = re.search(r'href="data:application/json;base64,([^"]+)"', respuesta.text)
    assert hallada
    copia = json.loads(base64.b64decode(hallada[1]))
    oferta = sesion.exec(select(Oferta)).one()
    assert hashlib.sha256(copia["texto"].encode()).hexdigest() == copia["huella"] == oferta.huella
    assert (copia["id"], copia["huella_sobre"]) == (str(oferta.id), oferta.huella_sobre)
    assert f"|{copia['huella']}|{copia['huella_sobre']}|" in copia["recibo"]
    (linea,) = json.loads(copia["texto"])["lineas"]
    assert (linea["precio_unitario"]["monto"], linea["marca"]) == ("431.27", "Artesanal ñ")
    otra_vez = ana.post(f"/feria/{id_}/ofertar", data=campos)
    assert (otra_vez.status_code, otra_vez.headers["location"]) == (303, f"/ofertas/{oferta.id}")
    guardada = ana.get(f"/ofertas/{oferta.id}").text  # (a hash may well have «431» in it)
    assert not re.search(r"431[.,]27|Artesanal", guardada)


def test_lo_que_ya_se_envio_no_se_promete_cerrado(feria: Feria, sesion_web: Any) -> None:
    resguardo(feria)
    id_ = feria.publicada().id
    ana = sesion_web(feria.ana.persona)
    promesa, verdad = "Sus precios no salen de este aparato", "Lo que ya envió, el servidor lo vio"
    primera = ana.get(f"/feria/{id_}/ofertar").text
    assert (promesa in primera, verdad in primera) == (True, False)
    for mas in ({"corregir": "1"}, {"lineas.1.plazo_dias": "90"}):
        datos = CAMPOS | {"unidad_id": str(feria.ana.id)} | mas
        despues = ana.post(f"/feria/{id_}/ofertar", data=datos).text
        assert (promesa in despues, verdad in despues) == (False, True)
