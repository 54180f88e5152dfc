"""The bids: presented in closed envelopes, replaced, withdrawn, and read once they are open."""

from feria_inversa.ofertas.anonimas import exigir_que_no_diga, rotulos
from feria_inversa.ofertas.archivos import subidos_con
from feria_inversa.ofertas.archivos_abiertos import Traido, traidos_de
from feria_inversa.ofertas.consultas import (
    OfertaConLineas,
    caducadas_de,
    cerradas_de,
    invalidas_de,
    las_que_no_pasaron,
    mis_ofertas,
    oferentes_de,
    oferta_propia,
    ofertas_abiertas,
    ofertas_vigentes,
)
from feria_inversa.ofertas.declaraciones import declaracion_de, declaracion_vigente
from feria_inversa.ofertas.errores import OfertaNoEncontrada, PlazoNoVencido, SobresCerrados
from feria_inversa.ofertas.esquemas import LineaEntrada
from feria_inversa.ofertas.estados import EstadoOferta
from feria_inversa.ofertas.formularios import RECONFIRMACION, HojaDeReconfirmacion
from feria_inversa.ofertas.ofertas import cotizar, presentar_con, retirar_oferta
from feria_inversa.ofertas.presentar import recibo_de
from feria_inversa.ofertas.reconfirmar import (
    caducar_sin_reconfirmar,
    hay_por_abrir,
    las_que_valen,
    por_sostener,
    reconfirmar_oferta,
    vale,
)
from feria_inversa.ofertas.sellados import (
    HOJA,
    HOJA_DE_RECIBIDAS,
    Sellado,
    abrir_sellados,
    anotar_selladas,
    contenido_de,
    en_orden,
    recibidas_de,
    recibidas_en_hoja,
)
from feria_inversa.ofertas.sobres import abrir_sobres, lineas_abiertas
from feria_inversa.ofertas.tecnicas import Tecnico, abrir_tecnicos, no_pasa
from feria_inversa.ofertas.vistas import siguiente_paso

__all__ = [
    "HOJA",
    "HOJA_DE_RECIBIDAS",
    "RECONFIRMACION",
    "EstadoOferta",
    "HojaDeReconfirmacion",
    "LineaEntrada",
    "OfertaConLineas",
    "OfertaNoEncontrada",
    "PlazoNoVencido",
    "Sellado",
    "SobresCerrados",
    "Tecnico",
    "Traido",
    "abrir_sellados",
    "abrir_sobres",
    "abrir_tecnicos",
    "anotar_selladas",
    "caducadas_de",
    "caducar_sin_reconfirmar",
    "cerradas_de",
    "contenido_de",
    "cotizar",
    "declaracion_de",
    "declaracion_vigente",
    "en_orden",
    "exigir_que_no_diga",
    "hay_por_abrir",
    "invalidas_de",
    "las_que_no_pasaron",
    "las_que_valen",
    "lineas_abiertas",
    "mis_ofertas",
    "no_pasa",
    "oferentes_de",
    "oferta_propia",
    "ofertas_abiertas",
    "ofertas_vigentes",
    "por_sostener",
    "presentar_con",
    "recibidas_de",
    "recibidas_en_hoja",
    "recibo_de",
    "reconfirmar_oferta",
    "retirar_oferta",
    "rotulos",
    "siguiente_paso",
    "subidos_con",
    "traidos_de",
    "vale",
]
