"""The keys to which bids are sealed: envelopes (HPKE), parts (SLIP-39), and the people who hold them."""

from feria_inversa.llaves.avisos import AVISO_DE_LLAVE
from feria_inversa.llaves.consultas import (
    guardianes_de,
    guardianes_de_llave,
    llave_de,
    llaves_de_procesos,
    tenencias,
)
from feria_inversa.llaves.formularios import PARTE, HojaDeParte
from feria_inversa.llaves.hpke import BYTES_DE_MAS, NoAbre, abrir, sellar
from feria_inversa.llaves.relleno import NoCabe, rellenar, sin_relleno, tamano_para
from feria_inversa.llaves.resguardos import (
    HOJA_DE_LLAVE,
    entregar,
    llave_al_publicar,
    olvidar_partes,
    umbral_de,
)
from feria_inversa.llaves.web import parte_en_pagina

__all__ = [
    "AVISO_DE_LLAVE",
    "BYTES_DE_MAS",
    "HOJA_DE_LLAVE",
    "PARTE",
    "HojaDeParte",
    "NoAbre",
    "NoCabe",
    "abrir",
    "entregar",
    "guardianes_de",
    "guardianes_de_llave",
    "llave_al_publicar",
    "llave_de",
    "llaves_de_procesos",
    "olvidar_partes",
    "parte_en_pagina",
    "rellenar",
    "sellar",
    "sin_relleno",
    "tamano_para",
    "tenencias",
    "umbral_de",
]
